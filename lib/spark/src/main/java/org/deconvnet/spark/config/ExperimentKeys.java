package org.deconvnet.spark.config;

import java.util.List;
import org.deconvnet.preprocess.PreprocessOptions;

/** The sections of a configuration. */
final class ExperimentKeys {
  static final Section<ExperimentOptions> EXPERIMENT =
      Section.of(
          ExperimentOptions.DEFAULTS,
          ExperimentKeys::experiment,
          List.of(
              new Key<>("seed", Long.class, ExperimentOptions::seed),
              new Key<>("corpus", ExperimentOptions.Corpus.class, ExperimentOptions::corpus),
              new Key<>("preprocess", PreprocessOptions.class, ExperimentOptions::preprocess),
              new Key<>("network", NetworkSettings.class, ExperimentOptions::network),
              new Key<>("features", ExperimentOptions.Features.class, ExperimentOptions::features),
              new Key<>(
                  "classifier", ExperimentOptions.Classifier.class, ExperimentOptions::classifier),
              new Key<>("split", ExperimentOptions.Split.class, ExperimentOptions::split)));

  private ExperimentKeys() {}

  /** A classifier that is not given has the kernels of the vocabularies, not of their defaults. */
  private static ExperimentOptions experiment(Values values) {
    return new ExperimentOptions(
        values.as("seed", Long.class),
        values.as("corpus", ExperimentOptions.Corpus.class),
        values.as("preprocess", PreprocessOptions.class),
        values.as("network", NetworkSettings.class),
        values.as("features", ExperimentOptions.Features.class),
        values.isGiven("classifier")
            ? values.as("classifier", ExperimentOptions.Classifier.class)
            : ExperimentOptions.Classifier.DEFAULTS,
        values.as("split", ExperimentOptions.Split.class));
  }
}
