package org.deconvnet.network.cnn;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * How images come to a network that was learned elsewhere, and which of its layers are meant.
 * Immutable.
 *
 * @param resize shorter side of an image before its middle is cut out; 0: 8/7 of the crop, as 256
 *     is of 224
 * @param crop side of the middle that is cut out; 0: the size that the network's file asks for, and
 *     224 if it leaves that open
 * @param mean as {@link InputScaling} has it; none: of ImageNet for three channels, 0 for one
 * @param deviation as {@link InputScaling} has it; none: of ImageNet for three channels, 1 for one
 * @param order of the channels
 * @param range what white is: 1 or 255
 * @param layers names of nodes or of their outputs, or a part of one between slashes or dots; none:
 *     what each rectifier gives of maps
 */
public record CnnOptions(
    int resize,
    int crop,
    List<Double> mean,
    List<Double> deviation,
    InputScaling.ChannelOrder order,
    double range,
    List<String> layers)
    implements Serializable {
  /** For torchvision's networks that were learned on ImageNet. */
  public static final CnnOptions DEFAULTS =
      new CnnOptions(0, 0, List.of(), List.of(), InputScaling.ChannelOrder.RGB, 1, List.of());

  private static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
  private static final List<Double> IMAGENET_DEVIATION = List.of(0.229, 0.224, 0.225);
  private static final int COLOURS = 3;

  /** Beyond any network's input. */
  private static final int MOST = 1 << 14;

  public CnnOptions {
    Checks.between("network.resize", 0, MOST, resize);
    Checks.between("network.crop", 0, MOST, crop);
    Checks.positive("network.range", range);
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    layers = List.copyOf(layers);
    if (resize > 0 && crop > resize) {
      throw new UserErrorException(
          "network.crop: expected at most network.resize, %d, got %d".formatted(resize, crop));
    }
  }

  public CnnOptions withLayers(List<String> others) {
    return new CnnOptions(resize, crop, mean, deviation, order, range, others);
  }

  /**
   * @throws UserErrorException if there are other numbers than one, or one a channel
   */
  InputScaling scaling(int channels) {
    boolean colours = channels == COLOURS;
    InputScaling scaling =
        new InputScaling(
            mean.isEmpty() ? (colours ? scaled(IMAGENET_MEAN) : List.of(0.0)) : mean,
            deviation.isEmpty() ? (colours ? scaled(IMAGENET_DEVIATION) : List.of(1.0)) : deviation,
            order,
            range);
    scaling.requireFit(channels);
    return scaling;
  }

  /** ImageNet's numbers are red first, and for white at 1. */
  private List<Double> scaled(List<Double> numbers) {
    List<Double> all = new ArrayList<>(numbers.stream().map(one -> one * range).toList());
    if (order == InputScaling.ChannelOrder.BGR) {
      Collections.reverse(all);
    }
    return all;
  }
}
