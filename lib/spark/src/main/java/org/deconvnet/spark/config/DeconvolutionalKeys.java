package org.deconvnet.spark.config;

import java.util.List;
import org.deconvnet.dictionary.ConnectivityPlan;
import org.deconvnet.dictionary.FilterStep;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.solve.BetaSchedule;

/** The keys of the network of 2010, bound to the core's options. */
final class DeconvolutionalKeys {
  static final Section<DeconvolutionalOptions> LAYER =
      Section.of(
          DeconvolutionalOptions.DEFAULTS,
          DeconvolutionalKeys::layer,
          List.of(
              Key.whole("maps", DeconvolutionalOptions::maps),
              Key.whole("filterSide", DeconvolutionalOptions::filterSide),
              Key.text("connectivity", layer -> layer.connectivity().text()),
              Key.number("lambda", DeconvolutionalOptions::lambda),
              Key.number("kappa", DeconvolutionalOptions::kappa),
              Key.number("alpha", DeconvolutionalOptions::alpha),
              Key.text("filterStep", layer -> layer.filterStep().text()),
              Key.whole("epochs", DeconvolutionalOptions::epochs)));

  static final Section<DeconvolutionalSettings> NETWORK =
      Section.of(
          DeconvolutionalSettings.DEFAULTS,
          DeconvolutionalKeys::network,
          List.of(
              Key.text("engine", DeconvolutionalSettings::engine),
              Key.whole("images", DeconvolutionalSettings::images),
              Key.whole("batchSize", network -> network.layers().get(0).batchSize()),
              Key.number("memory", network -> network.layers().get(0).memory()),
              Key.list(
                  "betas", Double.class, network -> network.layers().get(0).schedule().betas()),
              Key.whole("cgSteps", network -> network.layers().get(0).schedule().cgSteps()),
              Key.whole("passes", DeconvolutionalSettings::passes),
              Key.list("layers", DeconvolutionalOptions.class, DeconvolutionalSettings::layers)));

  private DeconvolutionalKeys() {}

  private static DeconvolutionalOptions layer(Values values) {
    DeconvolutionalOptions defaults = DeconvolutionalOptions.DEFAULTS;
    return new DeconvolutionalOptions(
        values.whole("maps"),
        values.whole("filterSide"),
        ConnectivityPlan.parse(values.text("connectivity")),
        values.number("lambda"),
        values.number("kappa"),
        values.number("alpha"),
        values.whole("epochs"),
        defaults.batchSize(),
        defaults.memory(),
        FilterStep.Kind.parse(values.text("filterStep")),
        defaults.schedule());
  }

  /** What the network says of batches and of the splitting holds for all its layers. */
  private static DeconvolutionalSettings network(Values values) {
    int batchSize = values.whole("batchSize");
    double memory = values.number("memory");
    BetaSchedule schedule =
        new BetaSchedule(
            values.list("betas", Double.class), values.whole("cgSteps"), BetaSchedule.TOLERANCE);
    return new DeconvolutionalSettings(
        values.text("engine"),
        values.whole("images"),
        values.whole("passes"),
        values.list("layers", DeconvolutionalOptions.class).stream()
            .map(layer -> layer.withLearning(batchSize, memory, schedule))
            .toList());
  }
}
