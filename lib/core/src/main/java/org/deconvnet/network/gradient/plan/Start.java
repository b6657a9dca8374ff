package org.deconvnet.network.gradient.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/** The numbers that a part of the parameters starts from. Immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Start.Gaussian.class, name = "gaussian"),
  @JsonSubTypes.Type(value = Start.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = Start.Bilinear.class, name = "bilinear")
})
public sealed interface Start extends Serializable {
  /** All zeros: a skip that starts from it changes nothing at first. */
  Start ZERO = new Constant(0);

  /**
   * Fills a part.
   *
   * @param axes the part's shape, whose product is its length
   * @param random says every number that is drawn
   * @throws UserErrorException if the part's shape does not suit
   */
  void fill(float[] part, List<Integer> axes, RandomGenerator random);

  /**
   * N(mean, deviation²). Radford et al. 2016 take N(0, 0.02²) for filters.
   *
   * @param deviation not negative
   */
  record Gaussian(double mean, double deviation) implements Start {
    public Gaussian {
      if (!(deviation >= 0 && deviation < Double.MAX_VALUE && Double.isFinite(mean))) {
        throw new UserErrorException(
            "start: expected a finite mean and a deviation from 0 up, got %s and %s"
                .formatted(mean, deviation));
      }
    }

    @Override
    public void fill(float[] part, List<Integer> axes, RandomGenerator random) {
      for (int i = 0; i < part.length; i++) {
        part[i] = (float) (mean + deviation * random.nextGaussian());
      }
    }
  }

  /** The same number everywhere. */
  record Constant(double value) implements Start {
    public Constant {
      if (!Double.isFinite(value)) {
        throw new UserErrorException("start: expected a finite number, got %s".formatted(value));
      }
    }

    @Override
    public void fill(float[] part, List<Integer> axes, RandomGenerator random) {
      Arrays.fill(part, (float) value);
    }
  }

  /**
   * Each map is interpolated on its own: the filter of map and channel k is the product of two
   * triangles, {@code (1 − |i − m|/f)(1 − |j − m|/f)} with f = ⌈side/2⌉ and m = (side − 1)/2, all
   * others are zero. With stride f and side 2f − (f mod 2) transposed convolution is then bilinear
   * interpolation. Source: Long, Shelhamer and Darrell, Fully convolutional networks for semantic
   * segmentation, CVPR 2015, section 3.3.
   */
  record Bilinear() implements Start {
    @Override
    public void fill(float[] part, List<Integer> axes, RandomGenerator random) {
      if (axes.size() != 4 || !axes.get(0).equals(axes.get(1))) {
        throw new UserErrorException(
            "bilinear start: expected filters of as many maps as channels, got the shape " + axes);
      }
      Checks.equal("bilinear start: numbers", product(axes), part.length);
      int maps = axes.get(0);
      double[] down = triangle(axes.get(2));
      double[] across = triangle(axes.get(3));
      Arrays.fill(part, 0);
      for (int k = 0; k < maps; k++) {
        int plane = (k * maps + k) * down.length * across.length;
        for (int i = 0; i < down.length; i++) {
          for (int j = 0; j < across.length; j++) {
            part[plane + i * across.length + j] = (float) (down[i] * across[j]);
          }
        }
      }
    }

    private static int product(List<Integer> axes) {
      return axes.stream().reduce(1, Math::multiplyExact);
    }

    private static double[] triangle(int side) {
      int half = (side + 1) / 2;
      double middle = (side - 1) / 2.0;
      double[] weights = new double[side];
      for (int i = 0; i < side; i++) {
        weights[i] = 1 - Math.abs(i - middle) / half;
      }
      return weights;
    }
  }
}
