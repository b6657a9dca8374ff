package org.deconvnet.spark.config;

import java.util.List;
import org.deconvnet.network.patches.PatchCodingOptions;
import org.deconvnet.network.patches.PatchesOptions;
import org.deconvnet.network.patches.WindowOptions;
import org.deconvnet.solve.greedy.DescentOptions;

/** The keys of sparse coding of patches, bound to the core's options. */
final class PatchesKeys {
  static final Section<PatchesSettings> NETWORK =
      Section.of(
          PatchesSettings.DEFAULTS,
          PatchesKeys::network,
          List.of(
              Key.text("engine", PatchesSettings::engine),
              Key.whole("images", PatchesSettings::images),
              Key.whole("maps", network -> network.coding().maps()),
              Key.whole("side", network -> windows(network).side()),
              Key.whole("step", network -> windows(network).step()),
              new Key<>("keepMean", Boolean.class, network -> windows(network).keepMean()),
              new Key<>("whiten", Boolean.class, network -> windows(network).whiten()),
              Key.number("floor", network -> windows(network).floor()),
              Key.number("lambda", network -> network.coding().lambda()),
              new Key<>("nonNegative", Boolean.class, network -> network.coding().nonNegative()),
              Key.number("tolerance", network -> network.coding().descent().tolerance()),
              Key.number(
                  "changesPerPlace", network -> network.coding().descent().changesPerPlace()),
              Key.whole("drawn", network -> network.options().drawn()),
              Key.whole("epochs", network -> network.options().epochs()),
              Key.whole("batchSize", network -> network.options().batchSize()),
              Key.number("memory", network -> network.options().memory())));

  private PatchesKeys() {}

  private static WindowOptions windows(PatchesSettings network) {
    return network.coding().windows();
  }

  private static PatchesSettings network(Values values) {
    PatchCodingOptions coding =
        new PatchCodingOptions(
            new WindowOptions(
                values.whole("side"),
                values.whole("step"),
                values.as("keepMean", Boolean.class),
                values.as("whiten", Boolean.class),
                values.number("floor")),
            values.whole("maps"),
            values.number("lambda"),
            values.as("nonNegative", Boolean.class),
            new DescentOptions(values.number("tolerance"), values.number("changesPerPlace")));
    return new PatchesSettings(
        values.text("engine"),
        values.whole("images"),
        new PatchesOptions(
            coding,
            values.whole("drawn"),
            values.whole("epochs"),
            values.whole("batchSize"),
            values.number("memory")));
  }
}
