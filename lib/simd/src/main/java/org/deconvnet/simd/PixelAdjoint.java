package org.deconvnet.simd;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * The adjoint from the pixels' side, for small images: where the maps are much larger than the
 * image, most taps of an output meet zeros beyond the border. Here each pixel adds its own multiple
 * of the filters to the maps around it, so that only useful products are computed; four pixels are
 * the four outputs of {@link TapKernel}. Maps are the fastest axis meanwhile.
 *
 * <p>Scratch: the image and the maps. Not thread-safe.
 */
final class PixelAdjoint {
  private final TapKernel kernel = new TapKernel();
  private float[] pixels = {};
  private float[] sums = {};
  private int[] offsets = {};

  /** Share of the products computed that are useful. */
  static double useful(PackedFilters pack, FeatureMaps r) {
    FilterBank f = pack.source();
    int plane = r.shape().plane();
    double pixels = (double) plane / (Scratch.groups(plane) * TapKernel.OUTPUTS);
    double run = (double) f.side() * f.maps() / pack.tapRun();
    return pixels * run * pack.connections() / (f.maps() * f.channels());
  }

  void run(PackedFilters pack, FeatureMaps r, FeatureMaps out) {
    int side = pack.source().side();
    int run = pack.tapRun();
    prepare(r, out, side, run);
    for (int row = 0; row < side; row++) {
      for (int pixel = 0; pixel < r.shape().plane(); pixel += TapKernel.OUTPUTS) {
        kernel.run(
            pack.byTap(),
            row * run,
            offsets,
            r.maps(),
            pixels,
            pixel * r.maps(),
            sums,
            corner(r, out, side, row, pixel),
            corner(r, out, side, row, pixel + 1),
            corner(r, out, side, row, pixel + 2),
            corner(r, out, side, row, pixel + 3),
            run);
      }
    }
    separateMaps(out);
  }

  /** Where a pixel's products with one filter row begin; pixels past the last one add zeros. */
  private static int corner(FeatureMaps r, FeatureMaps out, int side, int row, int pixel) {
    int real = Math.min(pixel, r.shape().plane() - 1);
    int y = real / r.width() + side - 1 - row;
    return (y * out.width() + real % r.width()) * out.maps();
  }

  /** Four pixels beside each other, channel by channel: the kernel's weights. */
  private void prepare(FeatureMaps r, FeatureMaps out, int side, int run) {
    int plane = r.shape().plane();
    pixels = Scratch.zeros(pixels, Scratch.groups(plane) * TapKernel.OUTPUTS * r.maps());
    for (int c = 0; c < r.maps(); c++) {
      for (int i = 0; i < plane; i++) {
        int group = i / TapKernel.OUTPUTS;
        int to = (group * r.maps() + c) * TapKernel.OUTPUTS + i % TapKernel.OUTPUTS;
        pixels[to] = r.data()[c * plane + i];
      }
    }
    sums = Scratch.zeros(sums, out.shape().size() + TapKernel.LANES);
    offsets = Scratch.grown(offsets, r.maps());
    for (int c = 0; c < r.maps(); c++) {
      offsets[c] = c * side * run;
    }
  }

  private void separateMaps(FeatureMaps out) {
    int plane = out.shape().plane();
    int maps = out.maps();
    for (int k = 0; k < maps; k++) {
      for (int i = 0; i < plane; i++) {
        out.data()[k * plane + i] = sums[i * maps + k];
      }
    }
  }
}
