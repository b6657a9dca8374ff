package org.deconvnet.label;

import java.util.List;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.network.gradient.GradientNetwork;
import org.deconvnet.network.gradient.GradientNetwork.Wanted;
import org.deconvnet.network.gradient.GroupMaps;
import org.deconvnet.network.gradient.GroupSums;
import org.deconvnet.network.gradient.NetworkWeights;
import org.deconvnet.network.gradient.PixelCrossEntropy;
import org.deconvnet.network.gradient.plan.Input;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * A network that labels pixels, at work on ghost groups: gradients of a loss to learn from, or
 * labels. All large arrays are made once. Not thread-safe: one a thread.
 */
public final class GroupAtWork {
  private final NetworkPlan plan;
  private final GradientNetwork network;
  private final int[] labels;

  /**
   * @param images of a ghost group; 1 to give labels
   */
  public GroupAtWork(NetworkPlan plan, ArrayKernels kernels, int images) {
    this.plan = plan;
    network = new GradientNetwork(plan, kernels, images);
    labels = new int[images * plan.output().plane()];
  }

  public void set(NetworkWeights weights) {
    network.setParameters(weights.parameters());
    network.setStatistics(weights.statistics());
  }

  /**
   * Adds a group's gradient, statistics and loss, each divided by the group's pixels.
   *
   * @param step rounds made before, for messages
   * @param group as many images as a group has
   * @param scales of the plan's inputs
   * @throws UserErrorException naming an image of another size, or with an unknown class
   * @throws org.deconvnet.solve.SolverDivergedException if a number is not finite
   */
  public void learn(
      long step,
      List<LabelledMaps> group,
      List<MapScale> scales,
      PixelCrossEntropy loss,
      GroupSums sums) {
    Checks.equal("ghost group: images", network.images(), group.size());
    for (int image = 0; image < group.size(); image++) {
      put(image, group.get(image), scales);
    }
    network.train();
    double mean = loss.loss(network.output(), labels, labels.length, network.outputGradient());
    sums.addLoss(step, 0, mean);
    network.backward(Wanted.PARAMETERS);
    sums.addGradient(step, plan.parameters(), network.gradient());
    sums.addStatistics(step, plan.statistics(), network.statistics());
  }

  private void put(int image, LabelledMaps item, List<MapScale> scales) {
    Shape scores = plan.output();
    LabelMap truth = item.labels();
    if (truth.height() != scores.height() || truth.width() != scores.width()) {
      throw new UserErrorException(
          "%s: expected labels of %d x %d pixels, height by width, got %d x %d"
              .formatted(
                  item.id(), scores.height(), scores.width(), truth.height(), truth.width()));
    }
    put(image, item.inputs(), scales);
    truth.copyTo(labels, image * scores.plane());
  }

  private void put(int image, List<FeatureMaps> inputs, List<MapScale> scales) {
    for (int i = 0; i < plan.inputs().size(); i++) {
      Input input = plan.inputs().get(i);
      scales.get(i).put(inputs.get(i), network.values(input.name()), image);
    }
  }

  /** The class of the highest score at each pixel of an image, newly allocated. */
  public LabelMap label(List<FeatureMaps> inputs, List<MapScale> scales) {
    Checks.equal("labels are given an image at a time: images", 1, network.images());
    put(0, inputs, scales);
    network.infer();
    return strongest(network.output());
  }

  private static LabelMap strongest(GroupMaps scores) {
    Shape shape = scores.image();
    byte[] best = new byte[shape.plane()];
    float[] s = scores.data();
    for (int pixel = 0; pixel < best.length; pixel++) {
      int strongest = 0;
      for (int k = 1; k < shape.maps(); k++) {
        boolean stronger = s[k * best.length + pixel] > s[strongest * best.length + pixel];
        strongest = stronger ? k : strongest;
      }
      best[pixel] = (byte) strongest;
    }
    return new LabelMap(shape.height(), shape.width(), best);
  }
}
