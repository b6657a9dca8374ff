package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.deconvnet.tensor.Connectivity;

/**
 * What estimators of families of several layers ask of them. {@code maps} says how many layers
 * there are; the other arrays hold one value a layer, or one for all.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface LayerwiseParams<S> extends LearningParams<S> {
  @Override
  default int depth() {
    return getMaps().length;
  }

  default IntArrayParam maps() {
    return Declared.wholes(
        this, "maps", "feature maps K of each layer", Takes.between(1, Connectivity.MOST_MAPS));
  }

  default int[] getMaps() {
    return getOrDefault(maps());
  }

  /** One number a layer, the one on the image first: their count is the network's depth. */
  default S setMaps(int... values) {
    return Fluent.set(this, maps(), values);
  }

  default IntArrayParam filterSides() {
    return Declared.wholes(this, "filterSides", "rows and columns of a filter", Takes.atLeast(1));
  }

  default int[] getFilterSides() {
    return getOrDefault(filterSides());
  }

  /** In entries of the maps below. */
  default S setFilterSides(int... values) {
    return Fluent.set(this, filterSides(), values);
  }

  default DoubleArrayParam lambdas() {
    return Declared.numbers(this, "lambdas", "weight of the data term", Takes.positive());
  }

  default double[] getLambdas() {
    return getOrDefault(lambdas());
  }

  /** λ of each layer. */
  default S setLambdas(double... values) {
    return Fluent.set(this, lambdas(), values);
  }

  default IntArrayParam epochs() {
    return Declared.wholes(this, "epochs", "passes over the images", Takes.atLeast(1));
  }

  default int[] getEpochs() {
    return getOrDefault(epochs());
  }

  default S setEpochs(int... values) {
    return Fluent.set(this, epochs(), values);
  }

  default IntParam batchSize() {
    return Declared.whole(this, "batchSize", "images between filter updates", Takes.atLeast(1));
  }

  default int getBatchSize() {
    return (Integer) getOrDefault(batchSize());
  }

  default S setBatchSize(int value) {
    return Fluent.set(this, batchSize(), value);
  }

  /** What the steps are for is the family's. */
  IntParam cgSteps();

  default int getCgSteps() {
    return (Integer) getOrDefault(cgSteps());
  }

  default S setCgSteps(int value) {
    return Fluent.set(this, cgSteps(), value);
  }
}
