package org.deconvnet.spark.config;

import java.io.Serializable;
import org.deconvnet.tensor.UserErrorException;

/** Everything that decides how pixels are labelled, as a configuration file says it. Immutable. */
public record SegmentExperiment(long seed, ExperimentOptions.Corpus corpus, SegmentOptions segment)
    implements Serializable {
  public static final SegmentExperiment DEFAULTS =
      new SegmentExperiment(1, ExperimentOptions.Corpus.DEFAULTS, SegmentOptions.DEFAULTS);

  public SegmentExperiment {
    if (!corpus.exclude().isEmpty()) {
      throw new UserErrorException(
          "corpus.exclude: expected none, since folders are no classes where pixels are labelled,"
              + " got "
              + corpus.exclude());
    }
  }

  public SegmentExperiment withSeed(long newSeed) {
    return new SegmentExperiment(newSeed, corpus, segment);
  }
}
