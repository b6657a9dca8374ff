package org.deconvnet.spark.config;

import java.util.List;
import org.deconvnet.network.csc.AtomGroup;
import org.deconvnet.network.csc.CodingOptions;
import org.deconvnet.network.csc.CscOptions;
import org.deconvnet.network.csc.SolverChoice;
import org.deconvnet.operator.Boundary;
import org.deconvnet.solve.greedy.DescentOptions;

/** The keys of convolutional sparse coding, bound to the core's options. */
final class CscKeys {
  static final Section<CscSettings> NETWORK =
      Section.of(
          CscSettings.DEFAULTS,
          CscKeys::network,
          List.of(
              Key.text("engine", CscSettings::engine),
              Key.whole("images", CscSettings::images),
              Key.list("atoms", AtomGroup.class, network -> network.coding().atoms()),
              Key.number("lambda", network -> network.coding().lambda()),
              new Key<>("relative", Boolean.class, network -> network.coding().relative()),
              new Key<>("boundary", Boundary.class, network -> network.coding().boundary()),
              new Key<>("nonNegative", Boolean.class, network -> network.coding().nonNegative()),
              Key.number("tolerance", network -> network.coding().descent().tolerance()),
              Key.number(
                  "changesPerPlace", network -> network.coding().descent().changesPerPlace()),
              new Key<>(
                  "solver",
                  SolverChoice.Method.class,
                  network -> network.coding().solver().method()),
              Key.whole("solverIterations", network -> network.coding().solver().iterations()),
              Key.whole("epochs", network -> network.options().epochs()),
              Key.whole("batchSize", network -> network.options().batchSize()),
              Key.number("memory", network -> network.options().memory())));

  private CscKeys() {}

  private static CscSettings network(Values values) {
    CodingOptions coding =
        new CodingOptions(
            values.list("atoms", AtomGroup.class),
            values.number("lambda"),
            values.as("relative", Boolean.class),
            values.as("boundary", Boundary.class),
            values.as("nonNegative", Boolean.class),
            new DescentOptions(values.number("tolerance"), values.number("changesPerPlace")),
            new SolverChoice(
                values.as("solver", SolverChoice.Method.class), values.whole("solverIterations")));
    return new CscSettings(
        values.text("engine"),
        values.whole("images"),
        new CscOptions(
            coding, values.whole("epochs"), values.whole("batchSize"), values.number("memory")));
  }
}
