package org.deconvnet.network.deconvolutional;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deconvnet.dictionary.ConnectivityPlan;
import org.deconvnet.dictionary.FilterStatistics;
import org.deconvnet.dictionary.FilterStep;
import org.deconvnet.dictionary.MapSets;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.UserErrorException;

/**
 * One layer of the 2010 network as the user asks for it.
 *
 * @param maps feature maps K
 * @param filterSide rows and columns s of a filter
 * @param connectivity which maps reconstruct which channels
 * @param lambda weight λ of the data term
 * @param kappa weight κ of the sparsity term
 * @param alpha exponent α, in (0, 1]
 * @param epochs passes over the images
 * @param batchSize images between two updates of the filters
 * @param memory how much the statistics of one epoch ago still count, in [0, 1): 0 forgets them at
 *     once
 * @param filterStep how the filters follow from the statistics
 * @param schedule of the half-quadratic splitting
 */
public record DeconvolutionalOptions(
    int maps,
    int filterSide,
    ConnectivityPlan connectivity,
    double lambda,
    double kappa,
    double alpha,
    int epochs,
    int batchSize,
    double memory,
    FilterStep.Kind filterStep,
    BetaSchedule schedule)
    implements Serializable {
  /**
   * 9 maps of 7 x 7 filters, each with every channel, λ = κ = 1 and α = 0.8: a first layer of the
   * paper's, with 7 epochs, batches of 2, memory 0.2, filters of unit norm and the standard β.
   */
  public static final DeconvolutionalOptions DEFAULTS =
      new DeconvolutionalOptions(
          9,
          7,
          ConnectivityPlan.FULL,
          1,
          1,
          0.8,
          7,
          2,
          0.2,
          FilterStep.Kind.UNIT_SPHERE,
          BetaSchedule.standard());

  public DeconvolutionalOptions {
    Checks.between("maps", 1, Connectivity.MOST_MAPS, maps);
    Checks.atLeast("filterSide", 1, filterSide);
    Checks.atLeast("epochs", 1, epochs);
    Checks.atLeast("batchSize", 1, batchSize);
    if (!(memory >= 0 && memory < 1)) {
      throw new UserErrorException("memory: expected 0 <= memory < 1, got " + memory);
    }
    // A wrong λ, κ or α is named here, not when the layer's turn comes.
    new DeconvolutionalLayer(FilterBank.zeros(Connectivity.full(1, 1), 1), lambda, kappa, alpha);
  }

  /**
   * The tables of layers that lie on each other, from the lowest up.
   *
   * @param channels that the lowest reconstructs
   * @throws IllegalArgumentException if layers do not fit on each other, or a map or a channel is
   *     left out
   */
  public static List<Connectivity> connect(
      List<DeconvolutionalOptions> layers, int channels, long seed) {
    List<Connectivity> all = new ArrayList<>();
    int below = channels;
    for (DeconvolutionalOptions layer : layers) {
      int number = all.size() + 1;
      if (!layer.schedule().equals(layers.get(0).schedule())) {
        throw new UserErrorException(
            "layer %d: expected the schedule of layer 1, which inference runs in all layers, got %s"
                .formatted(number, layer.schedule()));
      }
      Connectivity table = layer.connectivity().connect(layer.maps(), below, seed + number);
      FilterStatistics.requireRoom(new MapSets(table), layer.filterSide());
      all.add(table);
      below = layer.maps();
    }
    return all;
  }

  /**
   * These layers before any is learned, with filters of zeros, for who asks of sizes.
   *
   * @param channels of an image
   * @throws IllegalArgumentException as {@link #connect} throws it
   */
  public static DeconvolutionalStack unlearned(List<DeconvolutionalOptions> layers, int channels) {
    List<Connectivity> tables = connect(layers, channels, 0);
    DeconvolutionalStack stack = DeconvolutionalStack.empty(layers.get(0).schedule(), 1);
    for (int l = 0; l < layers.size(); l++) {
      FilterBank zeros = FilterBank.zeros(tables.get(l), layers.get(l).filterSide());
      stack = stack.plusUnscaled(layers.get(l).layer(zeros));
    }
    return stack;
  }

  /** The same layer, with other updates of its filters and another schedule. */
  public DeconvolutionalOptions withLearning(
      int newBatchSize, double newMemory, BetaSchedule newSchedule) {
    return new DeconvolutionalOptions(
        maps,
        filterSide,
        connectivity,
        lambda,
        kappa,
        alpha,
        epochs,
        newBatchSize,
        newMemory,
        filterStep,
        newSchedule);
  }

  /** The layer with these filters. */
  public DeconvolutionalLayer layer(FilterBank filters) {
    return new DeconvolutionalLayer(filters, lambda, kappa, alpha);
  }

  /**
   * Layers in a text that tells any two apart, as checkpoints hold it. The record's name in it is
   * the first release's, so that its checkpoints stay good.
   */
  public static String identity(List<DeconvolutionalOptions> layers) {
    return layers.toString().replace("DeconvolutionalOptions[", "DictionaryOptions[");
  }
}
