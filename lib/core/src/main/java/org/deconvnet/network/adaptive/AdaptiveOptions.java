package org.deconvnet.network.adaptive;

import java.io.Serializable;
import java.util.List;
import org.deconvnet.dictionary.FilterNorm;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.solve.Shrinkage;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.UserErrorException;

/**
 * One layer as the user asks for it.
 *
 * @param maps feature maps K
 * @param filterSide rows and columns s of a filter
 * @param pool block of the 3-D max pooling
 * @param lambda weight λ of the data term
 * @param iterations ISTA iterations
 * @param epochs passes over the images
 * @param batchSize images between two updates of the filters
 * @param cgSteps conjugate-gradient steps an update
 * @param step 0: safe, from the operator norm; otherwise the step itself (the paper's λβ)
 * @param norm what of a filter has unit norm
 * @param shrinkage what inference does beyond the paper's steps
 */
public record AdaptiveOptions(
    int maps,
    int filterSide,
    PoolSize pool,
    double lambda,
    int iterations,
    int epochs,
    int batchSize,
    int cgSteps,
    double step,
    FilterNorm norm,
    Shrinkage shrinkage)
    implements Serializable {
  /**
   * 15 maps of 7 x 7 filters, pooled in blocks of 3 x 3 x 3, λ = 2: a first layer of the paper's
   * shape, with 10 iterations, 3 epochs, batches of 20 and 2 conjugate-gradient steps.
   */
  public static final AdaptiveOptions DEFAULTS =
      new AdaptiveOptions(15, 7, new PoolSize(3, 3, 3), 2, 10, 3, 20, 2, 0);

  public AdaptiveOptions {
    Checks.between("maps", 1, Connectivity.MOST_MAPS, maps);
    Checks.atLeast("filterSide", 1, filterSide);
    Checks.positive("lambda", lambda);
    Checks.atLeast("iterations", 1, iterations);
    Checks.atLeast("epochs", 1, epochs);
    Checks.atLeast("batchSize", 1, batchSize);
    Checks.atLeast("cgSteps", 1, cgSteps);
    if (!(step >= 0) || Double.isInfinite(step)) {
      throw new UserErrorException(
          "step: expected 0 (from the operator norm) or a positive number, got " + step);
    }
  }

  /** A layer whose filters have unit norm as a whole, inferred by the paper's steps alone. */
  public AdaptiveOptions(
      int maps,
      int filterSide,
      PoolSize pool,
      double lambda,
      int iterations,
      int epochs,
      int batchSize,
      int cgSteps,
      double step) {
    this(
        maps,
        filterSide,
        pool,
        lambda,
        iterations,
        epochs,
        batchSize,
        cgSteps,
        step,
        FilterNorm.FILTER,
        Shrinkage.PLAIN);
  }

  /** The layer with these filters. */
  AdaptiveLayer layer(FilterBank filters, double safeStep) {
    return new AdaptiveLayer(filters, pool, lambda, iterations, safeStep, shrinkage);
  }

  /**
   * These layers before any is learned, with filters of zeros, for who asks of sizes.
   *
   * @param channels of an image
   */
  public static AdaptiveNetwork unlearned(List<AdaptiveOptions> layers, int channels) {
    AdaptiveNetwork network = AdaptiveNetwork.empty();
    int below = channels;
    for (AdaptiveOptions layer : layers) {
      Connectivity full = Connectivity.full(layer.maps(), below);
      AdaptiveLayer top = layer.layer(FilterBank.zeros(full, layer.filterSide()), 1);
      network = network.plus(top);
      below = top.pooledMaps();
    }
    return network;
  }

  /** The same layer, with other updates of its filters and another inference. */
  public AdaptiveOptions with(
      int newBatchSize, int newCgSteps, FilterNorm newNorm, Shrinkage newShrinkage) {
    return new AdaptiveOptions(
        maps,
        filterSide,
        pool,
        lambda,
        iterations,
        epochs,
        newBatchSize,
        newCgSteps,
        step,
        newNorm,
        newShrinkage);
  }

  /**
   * Layers in a text that tells any two apart, as checkpoints hold it. The record's name in it is
   * the first release's, and what it did not know is left out, so that its checkpoints stay good.
   */
  public static String identity(List<AdaptiveOptions> layers) {
    return layers
        .toString()
        .replace("AdaptiveOptions[", "LayerOptions[")
        .replace(", norm=" + FilterNorm.FILTER, "")
        .replace(", shrinkage=" + Shrinkage.PLAIN, "");
  }
}
