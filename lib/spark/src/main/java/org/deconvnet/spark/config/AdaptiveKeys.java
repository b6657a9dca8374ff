package org.deconvnet.spark.config;

import java.util.List;
import org.deconvnet.dictionary.FilterNorm;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.solve.Shrinkage;
import org.deconvnet.tensor.Checks;

/** The keys of the network of 2011, bound to the core's options. */
final class AdaptiveKeys {
  static final Section<AdaptiveOptions> LAYER =
      Section.of(
          AdaptiveOptions.DEFAULTS,
          AdaptiveKeys::layer,
          List.of(
              Key.whole("maps", AdaptiveOptions::maps),
              Key.whole("filterSide", AdaptiveOptions::filterSide),
              Key.whole("poolSide", layer -> layer.pool().rows()),
              Key.whole("poolMaps", layer -> layer.pool().maps()),
              Key.number("lambda", AdaptiveOptions::lambda),
              Key.whole("iterations", AdaptiveOptions::iterations),
              Key.whole("epochs", AdaptiveOptions::epochs),
              Key.number("step", AdaptiveOptions::step)));

  static final Section<AdaptiveSettings> NETWORK =
      Section.of(
          AdaptiveSettings.DEFAULTS,
          AdaptiveKeys::network,
          List.of(
              Key.text("engine", AdaptiveSettings::engine),
              Key.whole("images", AdaptiveSettings::images),
              Key.whole("batchSize", network -> network.layers().get(0).batchSize()),
              Key.whole("cgSteps", network -> network.layers().get(0).cgSteps()),
              Key.text("norm", network -> network.layers().get(0).norm().text()),
              new Key<>("momentum", Boolean.class, network -> shrinkage(network).momentum()),
              new Key<>("refit", Boolean.class, network -> shrinkage(network).refit()),
              Key.list("layers", AdaptiveOptions.class, AdaptiveSettings::layers)));

  private AdaptiveKeys() {}

  private static Shrinkage shrinkage(AdaptiveSettings network) {
    return network.layers().get(0).shrinkage();
  }

  private static AdaptiveOptions layer(Values values) {
    int side = values.whole("poolSide");
    Checks.atLeast("poolSide", 1, side);
    Checks.atLeast("poolMaps", 1, values.whole("poolMaps"));
    return new AdaptiveOptions(
        values.whole("maps"),
        values.whole("filterSide"),
        new PoolSize(side, side, values.whole("poolMaps")),
        values.number("lambda"),
        values.whole("iterations"),
        values.whole("epochs"),
        AdaptiveOptions.DEFAULTS.batchSize(),
        AdaptiveOptions.DEFAULTS.cgSteps(),
        values.number("step"));
  }

  /** What the network says of batches, norms and inference holds for all its layers. */
  private static AdaptiveSettings network(Values values) {
    int batchSize = values.whole("batchSize");
    int cgSteps = values.whole("cgSteps");
    FilterNorm norm = FilterNorm.of(values.text("norm"));
    Shrinkage shrinkage =
        new Shrinkage(values.as("momentum", Boolean.class), values.as("refit", Boolean.class));
    return new AdaptiveSettings(
        values.text("engine"),
        values.whole("images"),
        values.list("layers", AdaptiveOptions.class).stream()
            .map(layer -> layer.with(batchSize, cgSteps, norm, shrinkage))
            .toList());
  }
}
