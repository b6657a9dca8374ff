package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Params;

/**
 * What the convex families share: one λ, codes by coordinate descent, epochs and batches.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface DescentParams<S> extends Params {
  default DoubleParam lambda() {
    return Declared.number(this, "lambda", "weight of the sparsity term", Takes.positive());
  }

  default double getLambda() {
    return (Double) getOrDefault(lambda());
  }

  /** λ, or its share of λ_max where a stage can be told so. */
  default S setLambda(double value) {
    return Fluent.set(this, lambda(), value);
  }

  default BooleanParam nonNegative() {
    return Declared.flag(this, "nonNegative", "whether codes may not be negative");
  }

  default boolean getNonNegative() {
    return (Boolean) getOrDefault(nonNegative());
  }

  default S setNonNegative(boolean value) {
    return Fluent.set(this, nonNegative(), value);
  }

  default DoubleParam tolerance() {
    return Declared.number(
        this,
        "tolerance",
        "largest move left when coding ends, as a share of the largest weight",
        new Takes<>("from 0.00001 to below 1", value -> value >= 1e-5 && value < 1));
  }

  default double getTolerance() {
    return (Double) getOrDefault(tolerance());
  }

  default S setTolerance(double value) {
    return Fluent.set(this, tolerance(), value);
  }

  default DoubleParam changesPerPlace() {
    return Declared.number(
        this, "changesPerPlace", "most changes for each place of a map", Takes.positive());
  }

  default double getChangesPerPlace() {
    return (Double) getOrDefault(changesPerPlace());
  }

  /** Coding an image ends here, whatever its tolerance. */
  default S setChangesPerPlace(double value) {
    return Fluent.set(this, changesPerPlace(), value);
  }

  default IntParam epochs() {
    return Declared.whole(this, "epochs", "passes over the images", Takes.atLeast(1));
  }

  default int getEpochs() {
    return (Integer) getOrDefault(epochs());
  }

  default S setEpochs(int value) {
    return Fluent.set(this, epochs(), value);
  }

  default IntParam batchSize() {
    return Declared.whole(
        this, "batchSize", "images between filter updates; 0: all", Takes.atLeast(0));
  }

  default int getBatchSize() {
    return (Integer) getOrDefault(batchSize());
  }

  default S setBatchSize(int value) {
    return Fluent.set(this, batchSize(), value);
  }
}
