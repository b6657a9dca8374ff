package org.deconvnet.network.cnn;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * What a network wants of pixels in [0, 1]: each channel c of its input is {@code (range · pixel −
 * mean[c]) / deviation[c]}. Immutable.
 *
 * @param mean a number a channel of the input, in the input's order, or one for all
 * @param deviation as above, above 0
 * @param order of the channels
 * @param range what a white pixel is before the mean is taken off: 1, or 255
 */
public record InputScaling(
    List<Double> mean, List<Double> deviation, ChannelOrder order, double range)
    implements Serializable {
  private static final double MID_GREY = 0.5;

  /** How red, green and blue lie behind each other. */
  public enum ChannelOrder {
    RGB,
    BGR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public InputScaling {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    Checks.positive("network.range", range);
    deviation.forEach(one -> Checks.positive("network.deviation", one));
    for (double one : mean) {
      if (!Double.isFinite(one)) {
        throw new UserErrorException("network.mean: expected finite numbers, got " + mean);
      }
    }
  }

  /**
   * @throws UserErrorException if there is neither one number nor one a channel
   */
  void requireFit(int channels) {
    requireFit("mean", mean, channels);
    requireFit("deviation", deviation, channels);
  }

  private static void requireFit(String what, List<Double> given, int channels) {
    if (given.size() != 1 && given.size() != channels) {
      throw new UserErrorException(
          "network.%s: expected 1 number or %d, one a channel of the network's input, got %d"
              .formatted(what, channels, given.size()));
    }
  }

  /** What the network is given of an image in [0, 1]. */
  FeatureMaps toInput(FeatureMaps pixels) {
    FeatureMaps input = FeatureMaps.zeros(pixels.shape());
    int plane = pixels.shape().plane();
    for (int channel = 0; channel < pixels.maps(); channel++) {
      int from = pixelChannel(channel, pixels.maps()) * plane;
      float factor = (float) (range / of(deviation, channel));
      float shift = (float) (of(mean, channel) / of(deviation, channel));
      for (int i = 0; i < plane; i++) {
        input.data()[channel * plane + i] = factor * pixels.data()[from + i] - shift;
      }
    }
    return input;
  }

  /** A change of the network's input as a change of pixels in [0, 1]. */
  FeatureMaps toPixels(FeatureMaps change) {
    FeatureMaps pixels = FeatureMaps.zeros(change.shape());
    int plane = change.shape().plane();
    for (int channel = 0; channel < change.maps(); channel++) {
      int to = pixelChannel(channel, change.maps()) * plane;
      float factor = (float) (of(deviation, channel) / range);
      for (int i = 0; i < plane; i++) {
        pixels.data()[to + i] = factor * change.data()[channel * plane + i];
      }
    }
    return pixels;
  }

  /**
   * What stands for no image in particular: the mean colour, which is zero in the network's input;
   * mid-grey where no mean is taken off.
   *
   * @return (C, 1, 1), pixels in [0, 1], red first
   */
  FeatureMaps grey(int channels) {
    FeatureMaps grey = FeatureMaps.zeros(new Shape(channels, 1, 1));
    for (int channel = 0; channel < channels; channel++) {
      double colour = of(mean, channel) == 0 ? MID_GREY : of(mean, channel) / range;
      grey.data()[pixelChannel(channel, channels)] = (float) colour;
    }
    return grey;
  }

  private int pixelChannel(int channel, int channels) {
    return order == ChannelOrder.BGR ? channels - 1 - channel : channel;
  }

  private static double of(List<Double> numbers, int channel) {
    return numbers.get(numbers.size() == 1 ? 0 : channel);
  }
}
