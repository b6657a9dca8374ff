package org.deconvnet.simd;

import java.util.Arrays;
import org.deconvnet.tensor.FeatureMaps;

/**
 * The adjoint from the pixels' side, for small images: where the maps are much larger than the
 * image, most taps of an output meet zeros beyond the border. Here each pixel adds its own multiple
 * of the filters to the maps around it, so that only useful products are computed. Maps are the
 * fastest axis meanwhile.
 *
 * <p>Scratch: the image, the maps, and four filter rows. Not thread-safe.
 */
final class PixelAdjoint {
  private static final int OUTPUTS = PackedFilters.OUTPUTS;

  private float[] pixels = {};
  private float[] sums = {};
  private float[] products = {};
  private int[] offsets = {};

  void run(PackedFilters pack, FeatureMaps r, FeatureMaps out) {
    int maps = out.maps();
    int side = pack.source().side();
    prepare(r, out, side);
    float[] filters = pack.byTap();
    int run = side * maps;
    for (int row = 0; row < side; row++) {
      for (int pixel = 0; pixel < r.shape().plane(); pixel += OUTPUTS) {
        TapKernel.run(
            filters, row * run, offsets, r.maps(), pixels, pixel * r.maps(), products, 0, run, run);
        int last = Math.min(OUTPUTS, r.shape().plane() - pixel);
        for (int m = 0; m < last; m++) {
          int y = (pixel + m) / r.width() + side - 1 - row;
          int x = (pixel + m) % r.width();
          EntryKernel.addRun(sums, (y * out.width() + x) * maps, products, m * run, run);
        }
      }
    }
    separateMaps(out);
  }

  /** Four pixels beside each other, channel by channel: the kernel's weights. */
  private void prepare(FeatureMaps r, FeatureMaps out, int side) {
    int plane = r.shape().plane();
    int groups = PackedFilters.groups(plane);
    pixels = grown(pixels, groups * r.maps() * OUTPUTS);
    Arrays.fill(pixels, 0, groups * r.maps() * OUTPUTS, 0);
    for (int c = 0; c < r.maps(); c++) {
      for (int i = 0; i < plane; i++) {
        pixels[(i / OUTPUTS * r.maps() + c) * OUTPUTS + i % OUTPUTS] = r.data()[c * plane + i];
      }
    }
    sums = grown(sums, out.shape().size());
    Arrays.fill(sums, 0, out.shape().size(), 0);
    products = grown(products, OUTPUTS * side * out.maps());
    offsets = offsets.length >= r.maps() ? offsets : new int[r.maps()];
    for (int c = 0; c < r.maps(); c++) {
      offsets[c] = c * side * side * out.maps();
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

  private static float[] grown(float[] array, int length) {
    return array.length >= length ? array : new float[length];
  }
}
