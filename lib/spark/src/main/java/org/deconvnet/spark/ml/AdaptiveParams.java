package org.deconvnet.spark.ml;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.deconvnet.dictionary.FilterNorm;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.solve.Shrinkage;

/**
 * The layers of {@link AdaptiveDeconvolutionalNetwork}.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface AdaptiveParams<S> extends LayerwiseParams<S> {
  default IntArrayParam poolSides() {
    return Declared.wholes(
        this, "poolSides", "rows and columns of a pooling block", Takes.atLeast(1));
  }

  default int[] getPoolSides() {
    return getOrDefault(poolSides());
  }

  default S setPoolSides(int... values) {
    return Fluent.set(this, poolSides(), values);
  }

  default IntArrayParam poolMaps() {
    return Declared.wholes(
        this, "poolMaps", "consecutive maps of a pooling block", Takes.atLeast(1));
  }

  default int[] getPoolMaps() {
    return getOrDefault(poolMaps());
  }

  default S setPoolMaps(int... values) {
    return Fluent.set(this, poolMaps(), values);
  }

  default DoubleArrayParam steps() {
    return Declared.numbers(
        this, "steps", "gradient step; 0: safe, from the operator norm", Takes.notNegative());
  }

  default double[] getSteps() {
    return getOrDefault(steps());
  }

  /** The paper's λβ; 0, the default, takes a step that cannot diverge. */
  default S setSteps(double... values) {
    return Fluent.set(this, steps(), values);
  }

  default IntArrayParam iterations() {
    return Declared.wholes(this, "iterations", "ISTA iterations", Takes.atLeast(1));
  }

  default int[] getIterations() {
    return getOrDefault(iterations());
  }

  default S setIterations(int... values) {
    return Fluent.set(this, iterations(), values);
  }

  default Param<String> norm() {
    return Declared.text(
        this, "norm", "what of a filter has unit norm", Takes.oneOf(FilterNorm.NAMES));
  }

  default String getNorm() {
    return getOrDefault(norm());
  }

  /** {@code filter}, the default, or {@code plane}. */
  default S setNorm(String value) {
    return Fluent.set(this, norm(), value);
  }

  default BooleanParam momentum() {
    return Declared.flag(this, "momentum", "whether steps of ISTA start ahead of the code (FISTA)");
  }

  default boolean getMomentum() {
    return (Boolean) getOrDefault(momentum());
  }

  /** false, the default, takes the paper's steps; true needs fewer of them for the same error. */
  default S setMomentum(boolean value) {
    return Fluent.set(this, momentum(), value);
  }

  default BooleanParam refit() {
    return Declared.flag(
        this, "refit", "whether the last code is multiplied to fit the image best");
  }

  default boolean getRefit() {
    return (Boolean) getOrDefault(refit());
  }

  /** false, the default, leaves codes as the last step has them. */
  default S setRefit(boolean value) {
    return Fluent.set(this, refit(), value);
  }

  @Override
  default IntParam cgSteps() {
    return Declared.whole(this, "cgSteps", "conjugate-gradient steps an update", Takes.atLeast(1));
  }

  /**
   * Sets every parameter that describes the layers; batch, CG steps, norm and shrinkage are the
   * first one's.
   */
  default S setLayers(List<AdaptiveOptions> layers) {
    setMaps(layers.stream().mapToInt(AdaptiveOptions::maps).toArray());
    setFilterSides(layers.stream().mapToInt(AdaptiveOptions::filterSide).toArray());
    setPoolSides(layers.stream().mapToInt(l -> l.pool().rows()).toArray());
    setPoolMaps(layers.stream().mapToInt(l -> l.pool().maps()).toArray());
    setLambdas(layers.stream().mapToDouble(AdaptiveOptions::lambda).toArray());
    setSteps(layers.stream().mapToDouble(AdaptiveOptions::step).toArray());
    setIterations(layers.stream().mapToInt(AdaptiveOptions::iterations).toArray());
    setEpochs(layers.stream().mapToInt(AdaptiveOptions::epochs).toArray());
    setBatchSize(layers.get(0).batchSize());
    setNorm(layers.get(0).norm().text());
    setMomentum(layers.get(0).shrinkage().momentum());
    setRefit(layers.get(0).shrinkage().refit());
    return setCgSteps(layers.get(0).cgSteps());
  }

  /**
   * The layers that the parameters describe.
   *
   * @throws org.deconvnet.tensor.UserErrorException if an array has neither one value nor one a
   *     layer
   */
  default List<AdaptiveOptions> toOptions() {
    return IntStream.range(0, getMaps().length).mapToObj(this::layer).toList();
  }

  private AdaptiveOptions layer(int l) {
    int depth = getMaps().length;
    int side = PerLayer.at(getPoolSides(), l, depth, "poolSides");
    return new AdaptiveOptions(
        getMaps()[l],
        PerLayer.at(getFilterSides(), l, depth, "filterSides"),
        new PoolSize(side, side, PerLayer.at(getPoolMaps(), l, depth, "poolMaps")),
        PerLayer.at(getLambdas(), l, depth, "lambdas"),
        PerLayer.at(getIterations(), l, depth, "iterations"),
        PerLayer.at(getEpochs(), l, depth, "epochs"),
        getBatchSize(),
        getCgSteps(),
        PerLayer.at(getSteps(), l, depth, "steps"),
        FilterNorm.of(getNorm()),
        new Shrinkage(getMomentum(), getRefit()));
  }
}
