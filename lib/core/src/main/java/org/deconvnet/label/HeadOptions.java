package org.deconvnet.label;

import java.io.Serializable;
import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * What a network that labels pixels is made of. Frozen layers and an encoder of its own exclude
 * each other; with neither it is a multinomial logistic regression on each pixel's colour and
 * place. Immutable and validated.
 *
 * @param layers numbers of the frozen layers whose maps are scored, ascending; empty: none
 * @param strides pixels of the image, down and across, that a number of each layer's maps stands
 *     for, once pooled: one a layer, a multiple of the one before
 * @param absolute true: of each map its size is pooled, |z|; false: its positive part and its
 *     negative one, a map each
 * @param place true: colour and place of each pixel are scored too, beside frozen layers
 * @param widths maps of each level of the encoder; a level halves rows and columns; empty: no
 *     encoder
 * @param convolutions 3 x 3, a level, from 1
 * @param hidden maps of a 3 x 3 convolution between a layer and its scores; 0: scores are taken of
 *     the layer itself
 * @param skips true: every layer, or level, is scored and added; false: only the last
 */
public record HeadOptions(
    List<Integer> layers,
    List<Integer> strides,
    boolean absolute,
    boolean place,
    List<Integer> widths,
    int convolutions,
    int hidden,
    boolean skips)
    implements Serializable {
  /** An encoder of four levels, learned from scratch. */
  public static final HeadOptions DEFAULTS =
      new HeadOptions(List.of(), List.of(), false, true, List.of(16, 32, 64, 96), 2, 0, true);

  private static final int MOST_MAPS = 4096;
  private static final int MOST_STRIDE = 64;

  public HeadOptions {
    layers = List.copyOf(layers);
    strides = List.copyOf(strides);
    widths = List.copyOf(widths);
    if (!layers.isEmpty() && !widths.isEmpty()) {
      throw new UserErrorException(
          "head: expected frozen layers or widths of an encoder, got both, %s and %s; layers: [] or widths: [] leaves one out"
              .formatted(layers, widths));
    }
    requireAscending(layers);
    requireStrides(strides, layers.size());
    for (int width : widths) {
      Checks.between("head: widths", 1, MOST_MAPS, width);
    }
    Checks.between("head: convolutions", 1, 8, convolutions);
    Checks.between("head: hidden", 0, MOST_MAPS, hidden);
  }

  private static void requireAscending(List<Integer> layers) {
    for (int i = 0; i < layers.size(); i++) {
      Checks.atLeast("head: layers", i == 0 ? 1 : layers.get(i - 1) + 1, layers.get(i));
    }
  }

  private static void requireStrides(List<Integer> strides, int layers) {
    if (strides.size() != layers) {
      throw new UserErrorException(
          "head: strides: expected one for each of the layers, %d, got %d"
              .formatted(layers, strides.size()));
    }
    for (int i = 0; i < strides.size(); i++) {
      Checks.between("head: strides", 1, MOST_STRIDE, strides.get(i));
      if (i > 0 && strides.get(i) % strides.get(i - 1) != 0) {
        throw new UserErrorException(
            "head: strides: expected each to be a multiple of the one before, got " + strides);
      }
    }
  }

  /** Whether layers of another network are scored. */
  public boolean frozen() {
    return !layers.isEmpty();
  }

  /** Pixels, down and across, that a number of the coarsest maps stands for. */
  public int coarsest() {
    return frozen() ? strides.get(strides.size() - 1) : 1 << widths.size();
  }

  /** Whether colour and place of the pixels themselves go in. */
  public boolean takesPixels() {
    return !frozen() || (place && skips);
  }
}
