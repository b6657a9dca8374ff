package org.deconvnet.bench;

import java.util.Random;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * Where an operation is measured: full connectivity, a square image, square filters. Operands are
 * standard normal noise, the same for the same generator.
 *
 * @param channels C
 * @param maps K
 * @param side rows and columns of the image, H = W
 * @param filterSide s
 */
record KernelShape(int channels, int maps, int side, int filterSide) {
  /** The layers of the 2011 network, from the image up. */
  static final String LAYER_1 = "1:15:150:7";

  static final String LAYER_2 = "5:50:52:7";
  static final String LAYER_3 = "25:100:20:7";
  static final String LAYER_4 = "50:150:9:7";

  /** Two wide first layers, of a grey and of a colour image. */
  static final String WIDE_GREY = "1:64:256:8";

  static final String WIDE_COLOUR = "3:96:256:11";

  /**
   * @param text channels, maps, image side and filter side with colons between them, for a comma
   *     separates values on the command line of JMH
   */
  static KernelShape parse(String text) {
    String[] numbers = text.split(":", -1);
    if (numbers.length != 4) {
      throw new IllegalArgumentException(
          "shape: expected channels:maps:side:filterSide, got '%s'".formatted(text));
    }
    return new KernelShape(
        Integer.parseInt(numbers[0]),
        Integer.parseInt(numbers[1]),
        Integer.parseInt(numbers[2]),
        Integer.parseInt(numbers[3]));
  }

  /** Rows and columns of a map, H + s − 1. */
  int mapSide() {
    return side + filterSide - 1;
  }

  /** Useful operations of one call, 2 · K · C · s² · H · W, in 10⁹. */
  double gigaflop() {
    return 2e-9 * maps * channels * filterSide * filterSide * side * side;
  }

  /** Filters, (K, C, s, s). */
  FilterBank filters(Random random) {
    FilterBank filters = FilterBank.zeros(Connectivity.full(maps, channels), filterSide);
    fill(filters.data(), random);
    return filters;
  }

  /** Image, (C, H, W). */
  FeatureMaps image(Random random) {
    FeatureMaps image = FeatureMaps.zeros(new Shape(channels, side, side));
    fill(image.data(), random);
    return image;
  }

  /** Maps, (K, H+s−1, W+s−1). */
  FeatureMaps maps(Random random) {
    FeatureMaps drawn = FeatureMaps.zeros(new Shape(maps, mapSide(), mapSide()));
    fill(drawn.data(), random);
    return drawn;
  }

  static void fill(float[] numbers, Random random) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
  }
}
