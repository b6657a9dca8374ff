package org.deconvnet.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.network.adaptive.AdaptiveLayer;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * The network of Zeiler et al., ICCV 2011 (table 1): a grey image of 150 × 150, filters of 7 × 7,
 * 15, 50, 100 and 150 maps, pooling over 3 × 3 × {3, 2, 2, 1}, ten ISTA steps a layer. Filters and
 * image are noise: for measurements of time, where only sizes count.
 */
public final class BenchmarkedNetwork {
  private static final int[] MAPS = {15, 50, 100, 150};
  private static final int[] POOL = {3, 2, 2, 1};
  private static final double[] STEPS = {1e-2, 1e-3, 1e-4, 1e-5};
  private static final double LAMBDA = 1e9;
  private static final Shape IMAGE = new Shape(1, 150, 150);

  private BenchmarkedNetwork() {}

  /**
   * With λ so large that shrinkage leaves every pooled value standing: the most work that the
   * architecture can ask for. Learned codes are sparser and cost less.
   */
  public static AdaptiveNetwork densest() {
    List<AdaptiveLayer> layers = new ArrayList<>();
    int channels = IMAGE.maps();
    for (int l = 0; l < MAPS.length; l++) {
      PoolSize pool = new PoolSize(3, 3, POOL[l]);
      layers.add(
          new AdaptiveLayer(
              FilterInitializer.gaussian(Connectivity.full(MAPS[l], channels), 7, l),
              pool,
              LAMBDA,
              10,
              STEPS[l]));
      channels = (MAPS[l] + POOL[l] - 1) / POOL[l];
    }
    return new AdaptiveNetwork(layers);
  }

  /** An image for it, (1, 150, 150), standard normal noise, always the same. */
  public static FeatureMaps noiseImage() {
    return KernelWork.noise(IMAGE, new Random(1));
  }
}
