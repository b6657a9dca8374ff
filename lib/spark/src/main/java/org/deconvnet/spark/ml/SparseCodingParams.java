package org.deconvnet.spark.ml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.deconvnet.network.csc.AtomGroup;
import org.deconvnet.network.csc.CodingOptions;
import org.deconvnet.network.csc.CscOptions;
import org.deconvnet.network.csc.SolverChoice;
import org.deconvnet.operator.Boundary;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.tensor.Connectivity;

/**
 * The dictionary of {@link ConvolutionalSparseCoding}. Array parameters hold one value for each
 * size of filters, or one for all.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface SparseCodingParams<S> extends LearningParams<S>, DescentParams<S>, MemoryParam<S> {
  @Override
  default int depth() {
    return 1;
  }

  default IntArrayParam maps() {
    return Declared.wholes(
        this, "maps", "filters of each size", Takes.between(1, Connectivity.MOST_MAPS));
  }

  default int[] getMaps() {
    return getOrDefault(maps());
  }

  /** One number a size: their count is the number of sizes. */
  default S setMaps(int... values) {
    return Fluent.set(this, maps(), values);
  }

  default IntArrayParam filterSides() {
    return Declared.wholes(this, "filterSides", "rows and columns of a filter", Takes.atLeast(1));
  }

  default int[] getFilterSides() {
    return getOrDefault(filterSides());
  }

  /** In pixels. */
  default S setFilterSides(int... values) {
    return Fluent.set(this, filterSides(), values);
  }

  default DoubleArrayParam penaltyWeights() {
    return Declared.numbers(
        this,
        "penaltyWeights",
        "weight of the codes of each size, times lambda; 0: no penalty, a smooth window",
        Takes.notNegative());
  }

  default double[] getPenaltyWeights() {
    return getOrDefault(penaltyWeights());
  }

  /** At least one is above 0. */
  default S setPenaltyWeights(double... values) {
    return Fluent.set(this, penaltyWeights(), values);
  }

  default BooleanParam relativeLambda() {
    return Declared.flag(
        this, "relativeLambda", "whether lambda is a share of each image's lambda_max");
  }

  default boolean getRelativeLambda() {
    return (Boolean) getOrDefault(relativeLambda());
  }

  /** λ_max is the least λ at which an image's code is zero. */
  default S setRelativeLambda(boolean value) {
    return Fluent.set(this, relativeLambda(), value);
  }

  default Param<String> boundary() {
    return Declared.text(
        this,
        "boundary",
        "atoms at an image's edges: inside it, wrapped around, or hanging over",
        Takes.oneOf(Arrays.stream(Boundary.values()).map(SparseCodingParams::word).toList()));
  }

  private static String word(Enum<?> named) {
    return named.name().toLowerCase(Locale.ROOT);
  }

  default String getBoundary() {
    return getOrDefault(boundary());
  }

  /** {@code full}: inside the image; {@code circular}; {@code valid}: hanging over. */
  default S setBoundary(String value) {
    return Fluent.set(this, boundary(), value);
  }

  default Param<String> solver() {
    return Declared.text(
        this,
        "solver",
        "what codes images once the dictionary is learned",
        Takes.oneOf(
            Arrays.stream(SolverChoice.Method.values()).map(SparseCodingParams::word).toList()));
  }

  default String getSolver() {
    return getOrDefault(solver());
  }

  /** {@code greedy}: coordinate descent; {@code fista}; {@code admm}. Codes are the same. */
  default S setSolver(String value) {
    return Fluent.set(this, solver(), value);
  }

  default IntParam solverIterations() {
    return Declared.whole(
        this, "solverIterations", "most iterations of fista and admm", Takes.atLeast(1));
  }

  default int getSolverIterations() {
    return (Integer) getOrDefault(solverIterations());
  }

  default S setSolverIterations(int value) {
    return Fluent.set(this, solverIterations(), value);
  }

  default Param<String> maskCol() {
    return Declared.columnOrNone(
        this,
        "maskCol",
        "column of masks, maps of one plane: 1 for pixels seen, 0 for hidden ones");
  }

  default String getMaskCol() {
    return getOrDefault(maskCol());
  }

  /** Hidden pixels play no part in learning; models code all pixels. */
  default S setMaskCol(String value) {
    return Fluent.set(this, maskCol(), value);
  }

  /** Sets every parameter that describes the dictionary. */
  default S setOptions(CscOptions options) {
    CodingOptions coding = options.coding();
    List<AtomGroup> atoms = coding.atoms();
    setMaps(atoms.stream().mapToInt(AtomGroup::maps).toArray());
    setFilterSides(atoms.stream().mapToInt(AtomGroup::side).toArray());
    setPenaltyWeights(atoms.stream().mapToDouble(AtomGroup::weight).toArray());
    setLambda(coding.lambda());
    setRelativeLambda(coding.relative());
    setBoundary(word(coding.boundary()));
    setNonNegative(coding.nonNegative());
    setTolerance(coding.descent().tolerance());
    setChangesPerPlace(coding.descent().changesPerPlace());
    setSolver(word(coding.solver().method()));
    setSolverIterations(coding.solver().iterations());
    setEpochs(options.epochs());
    setBatchSize(options.batchSize());
    return setMemory(options.memory());
  }

  /**
   * The dictionary that the parameters describe.
   *
   * @throws org.deconvnet.tensor.UserErrorException if an array has neither one value nor one a
   *     size, or no size has a penalty
   */
  default CscOptions toOptions() {
    CodingOptions coding =
        new CodingOptions(
            IntStream.range(0, getMaps().length).mapToObj(this::group).toList(),
            getLambda(),
            getRelativeLambda(),
            Boundary.valueOf(getBoundary().toUpperCase(Locale.ROOT)),
            getNonNegative(),
            new DescentOptions(getTolerance(), getChangesPerPlace()),
            new SolverChoice(
                SolverChoice.Method.valueOf(getSolver().toUpperCase(Locale.ROOT)),
                getSolverIterations()));
    return new CscOptions(coding, getEpochs(), getBatchSize(), getMemory());
  }

  private AtomGroup group(int g) {
    int sizes = getMaps().length;
    return new AtomGroup(
        getMaps()[g],
        PerLayer.at(getFilterSides(), g, sizes, "filterSides"),
        PerLayer.at(getPenaltyWeights(), g, sizes, "penaltyWeights"));
  }
}
