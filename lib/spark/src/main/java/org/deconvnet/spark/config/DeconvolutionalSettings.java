package org.deconvnet.spark.config;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.dictionary.ConnectivityPlan;
import org.deconvnet.dictionary.FilterStep;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.ml.DeconvolutionalNetwork;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * The network of 2010.
 *
 * @param batchSize images between two filter updates
 * @param memory how much the statistics of one epoch ago still count
 * @param betas couplings of the half-quadratic splitting, increasing
 * @param cgSteps conjugate-gradient steps for each coupling
 * @param passes how often inference runs them on an image
 */
public record DeconvolutionalSettings(
    String engine,
    int images,
    int batchSize,
    double memory,
    List<Double> betas,
    int cgSteps,
    int passes,
    List<LayerSettings> layers)
    implements NetworkSettings {
  /**
   * One layer; see {@link DeconvolutionalOptions}.
   *
   * @param filterStep unitSphere or leastSquares
   * @param connectivity full, singlesAndPairs, randomPairs, or a table as in {@code 110 011 101}
   */
  public record LayerSettings(
      int maps,
      int filterSide,
      String connectivity,
      double lambda,
      double kappa,
      double alpha,
      String filterStep,
      int epochs)
      implements Serializable {
    public LayerSettings {
      // A wrong value is named when the file is read, not when the layer's turn comes.
      options(
          maps,
          filterSide,
          connectivity,
          lambda,
          kappa,
          alpha,
          filterStep,
          epochs,
          1,
          0,
          BetaSchedule.standard());
    }

    private static DeconvolutionalOptions options(
        int maps,
        int filterSide,
        String connectivity,
        double lambda,
        double kappa,
        double alpha,
        String filterStep,
        int epochs,
        int batchSize,
        double memory,
        BetaSchedule schedule) {
      return new DeconvolutionalOptions(
          maps,
          filterSide,
          ConnectivityPlan.parse(connectivity),
          lambda,
          kappa,
          alpha,
          epochs,
          batchSize,
          memory,
          FilterStep.Kind.parse(filterStep),
          schedule);
    }

    DeconvolutionalOptions toOptions(int batchSize, double memory, BetaSchedule schedule) {
      return options(
          maps,
          filterSide,
          connectivity,
          lambda,
          kappa,
          alpha,
          filterStep,
          epochs,
          batchSize,
          memory,
          schedule);
    }
  }

  public DeconvolutionalSettings {
    layers = List.copyOf(layers);
    betas = List.copyOf(betas);
    ConvolutionEngines.requireName(engine);
    Checks.atLeast("network.images", 0, images);
    Checks.atLeast("network.layers: number of layers", 1, layers.size());
    Checks.atLeast("network.passes", 1, passes);
    layers
        .get(0)
        .toOptions(batchSize, memory, new BetaSchedule(betas, cgSteps, BetaSchedule.TOLERANCE));
  }

  /** Each layer's maps are larger than what they reconstruct, so higher layers ask for less. */
  @Override
  public int leastSide() {
    int least = 1;
    int grown = 0;
    for (LayerSettings layer : layers) {
      least = Math.max(least, layer.filterSide() - grown);
      grown += layer.filterSide() - 1;
    }
    return least;
  }

  @Override
  public void requireFit(int channels) {
    for (int number = 1; number <= depth(); number++) {
      try {
        DeconvolutionalOptions.connect(allOptions().subList(0, number), channels, 0);
      } catch (IllegalArgumentException e) {
        throw UserErrorException.of("network.layers[%d]".formatted(number - 1), e);
      }
    }
  }

  @Override
  public DeconvolutionalSettings withEngine(String other) {
    return new DeconvolutionalSettings(
        other, images, batchSize, memory, betas, cgSteps, passes, layers);
  }

  @Override
  public int depth() {
    return layers.size();
  }

  @Override
  public int[] epochs() {
    return layers.stream().mapToInt(LayerSettings::epochs).toArray();
  }

  /** A layer, numbered from 1, with what all layers share. */
  public DeconvolutionalOptions toOptions(int number) {
    BetaSchedule schedule = new BetaSchedule(betas, cgSteps, BetaSchedule.TOLERANCE);
    return layers.get(number - 1).toOptions(batchSize, memory, schedule);
  }

  private List<DeconvolutionalOptions> allOptions() {
    return IntStream.rangeClosed(1, depth()).mapToObj(this::toOptions).toList();
  }

  @Override
  public LayeredModel<?, ?> learn(
      Dataset<Row> sample,
      int partitions,
      long seed,
      TrainingListener listener,
      Checkpointing checkpointing) {
    return new DeconvolutionalNetwork()
        .setLayers(allOptions())
        .setEngine(engine)
        .setPasses(passes)
        .setPartitions(partitions)
        .setSeed(seed)
        .setListener(listener)
        .setCheckpointing(checkpointing)
        .fit(sample);
  }
}
