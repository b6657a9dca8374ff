package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.IntParam;

/**
 * What estimators of every family share.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface LearningParams<S> extends LayeredParams<S>, LayerValuesParam<S>, SeedParam<S> {
  /** How many layers the parameters describe. */
  int depth();

  default IntParam partitions() {
    return Declared.whole(
        this,
        "partitions",
        "partitions of a batch; 0: Spark's default parallelism",
        Takes.atLeast(0));
  }

  default int getPartitions() {
    return (Integer) getOrDefault(partitions());
  }

  /** Changes the speed alone, never a bit of the result. */
  default S setPartitions(int value) {
    return Fluent.set(this, partitions(), value);
  }
}
