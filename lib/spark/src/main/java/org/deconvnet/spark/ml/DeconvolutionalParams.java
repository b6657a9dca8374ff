package org.deconvnet.spark.ml;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.StringArrayParam;
import org.deconvnet.dictionary.ConnectivityPlan;
import org.deconvnet.dictionary.FilterStep;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.tensor.UserErrorException;

/**
 * The layers of {@link DeconvolutionalNetwork}.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface DeconvolutionalParams<S> extends LayerwiseParams<S>, MemoryParam<S> {
  default StringArrayParam connectivities() {
    return Declared.texts(
        this,
        "connectivities",
        "which maps reconstruct which channels",
        new Takes<>(
            "full, singlesAndPairs, randomPairs, or a line of 0 and 1 a map, as in '110 011'",
            DeconvolutionalParams::isConnectivity));
  }

  private static boolean isConnectivity(String text) {
    try {
      return ConnectivityPlan.parse(text) != null;
    } catch (UserErrorException e) {
      return false;
    }
  }

  default String[] getConnectivities() {
    return getOrDefault(connectivities());
  }

  /** As {@link ConnectivityPlan#parse} reads them. */
  default S setConnectivities(String... values) {
    return Fluent.set(this, connectivities(), values);
  }

  default StringArrayParam filterSteps() {
    return Declared.texts(
        this,
        "filterSteps",
        "how filters follow from codes",
        Takes.oneOf(Arrays.stream(FilterStep.Kind.values()).map(FilterStep.Kind::text).toList()));
  }

  default String[] getFilterSteps() {
    return getOrDefault(filterSteps());
  }

  /** As {@link FilterStep.Kind#parse} reads them. */
  default S setFilterSteps(String... values) {
    return Fluent.set(this, filterSteps(), values);
  }

  default DoubleArrayParam kappas() {
    return Declared.numbers(this, "kappas", "weight of the sparsity term", Takes.positive());
  }

  default double[] getKappas() {
    return getOrDefault(kappas());
  }

  /** κ of each layer. */
  default S setKappas(double... values) {
    return Fluent.set(this, kappas(), values);
  }

  default DoubleArrayParam alphas() {
    return Declared.numbers(
        this,
        "alphas",
        "exponent of the sparsity term",
        new Takes<>("above 0 and at most 1", value -> value > 0 && value <= 1));
  }

  default double[] getAlphas() {
    return getOrDefault(alphas());
  }

  /** α of each layer. */
  default S setAlphas(double... values) {
    return Fluent.set(this, alphas(), values);
  }

  default DoubleArrayParam betas() {
    return Declared.numbersOf(
        this,
        "betas",
        "couplings of the half-quadratic splitting, for all layers",
        new Takes<>(
            "one or more positive numbers, strictly increasing",
            DeconvolutionalParams::areIncreasing));
  }

  private static boolean areIncreasing(double... betas) {
    return betas.length > 0
        && betas[0] > 0
        && Arrays.stream(betas).allMatch(Double::isFinite)
        && IntStream.range(1, betas.length).allMatch(i -> betas[i] > betas[i - 1]);
  }

  default double[] getBetas() {
    return getOrDefault(betas());
  }

  /** β of each round; all layers share them. */
  default S setBetas(double... values) {
    return Fluent.set(this, betas(), values);
  }

  @Override
  default IntParam cgSteps() {
    return Declared.whole(
        this, "cgSteps", "conjugate-gradient steps for each coupling", Takes.atLeast(1));
  }

  default IntParam passes() {
    return Declared.whole(
        this, "passes", "runs of the splitting on an image at inference", Takes.atLeast(1));
  }

  default int getPasses() {
    return (Integer) getOrDefault(passes());
  }

  default S setPasses(int value) {
    return Fluent.set(this, passes(), value);
  }

  /** Sets every parameter that describes the layers; what all share is the first one's. */
  default S setLayers(List<DeconvolutionalOptions> layers) {
    setMaps(layers.stream().mapToInt(DeconvolutionalOptions::maps).toArray());
    setFilterSides(layers.stream().mapToInt(DeconvolutionalOptions::filterSide).toArray());
    setConnectivities(layers.stream().map(l -> l.connectivity().text()).toArray(String[]::new));
    setFilterSteps(layers.stream().map(l -> l.filterStep().text()).toArray(String[]::new));
    setLambdas(layers.stream().mapToDouble(DeconvolutionalOptions::lambda).toArray());
    setKappas(layers.stream().mapToDouble(DeconvolutionalOptions::kappa).toArray());
    setAlphas(layers.stream().mapToDouble(DeconvolutionalOptions::alpha).toArray());
    setEpochs(layers.stream().mapToInt(DeconvolutionalOptions::epochs).toArray());
    setBetas(toArray(layers.get(0).schedule()));
    setCgSteps(layers.get(0).schedule().cgSteps());
    setBatchSize(layers.get(0).batchSize());
    return setMemory(layers.get(0).memory());
  }

  private static double[] toArray(BetaSchedule schedule) {
    return schedule.betas().stream().mapToDouble(v -> v).toArray();
  }

  /**
   * The layers that the parameters describe.
   *
   * @throws UserErrorException if an array has neither one value nor one a layer
   */
  default List<DeconvolutionalOptions> toOptions() {
    BetaSchedule schedule = BetaSchedule.of(getBetas()).withCgSteps(getCgSteps());
    return IntStream.range(0, getMaps().length).mapToObj(l -> layer(l, schedule)).toList();
  }

  private DeconvolutionalOptions layer(int l, BetaSchedule schedule) {
    int depth = getMaps().length;
    return new DeconvolutionalOptions(
        getMaps()[l],
        PerLayer.at(getFilterSides(), l, depth, "filterSides"),
        ConnectivityPlan.parse(PerLayer.at(getConnectivities(), l, depth, "connectivities")),
        PerLayer.at(getLambdas(), l, depth, "lambdas"),
        PerLayer.at(getKappas(), l, depth, "kappas"),
        PerLayer.at(getAlphas(), l, depth, "alphas"),
        PerLayer.at(getEpochs(), l, depth, "epochs"),
        getBatchSize(),
        getMemory(),
        FilterStep.Kind.parse(PerLayer.at(getFilterSteps(), l, depth, "filterSteps")),
        schedule);
  }
}
