package org.deconvnet.view;

import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deconvnet.network.LayerActivations;

/**
 * What a sample of images excites, and how sparse each image's codes are. Neither the order of
 * images nor how they are divided before a {@link #merge} changes anything. Not thread-safe.
 */
public final class ActivationSurvey implements Serializable {
  private static final long serialVersionUID = 1;

  private final StrongestImages best;

  /** Shares of the layers' codes that are not zero, by image. */
  private final SortedMap<String, double[]> densities = new TreeMap<>();

  /**
   * @param most images to keep for a map
   */
  public ActivationSurvey(int most) {
    best = new StrongestImages(most);
  }

  /** Offers the activations of the image that they are about. Each image is offered once. */
  public void offer(String image, LayerActivations activations) {
    best.offer(image, activations);
    double[] shares = new double[activations.depth()];
    for (int l = 0; l < shares.length; l++) {
      shares[l] = activations.density(l + 1);
    }
    densities.put(image, shares);
  }

  /**
   * Takes over what other images gave.
   *
   * @return this
   */
  public ActivationSurvey merge(ActivationSurvey other) {
    best.merge(other.best);
    densities.putAll(other.densities);
    return this;
  }

  public StrongestImages best() {
    return best;
  }

  public int images() {
    return densities.size();
  }

  /**
   * Share of the code that is not zero, in [0, 1], one an image in the order of their ids.
   *
   * @param layer from 1
   */
  public double[] densities(int layer) {
    return densities.values().stream().mapToDouble(shares -> shares[layer - 1]).toArray();
  }
}
