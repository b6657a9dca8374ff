package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Params;

/**
 * A stage that draws random numbers.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface SeedParam<S> extends Params {
  default LongParam seed() {
    return Declared.wholeLong(
        this,
        "seed",
        "decides every random number",
        new Takes<>("any whole number", value -> true));
  }

  default long getSeed() {
    return (Long) getOrDefault(seed());
  }

  /** The same seed and the same rows give the same bits. */
  default S setSeed(long value) {
    return Fluent.set(this, seed(), value);
  }
}
