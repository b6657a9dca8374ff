package org.deconvnet.view;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/** Signed numbers as 8-bit tones: -range is 0, zero is 128, +range is 255, linear on each side. */
final class SignedTone {
  static final int ZERO = 128;

  private SignedTone() {}

  /** Tone of {@code value} in 0..255; every value has tone 128 where {@code range} is 0. */
  static int tone(float value, float range) {
    if (range == 0) {
      return ZERO;
    }
    double part = Math.max(-1, Math.min(1, (double) value / range));
    // 256 tones have no middle: 127 steps lie above 128 and 128 steps below.
    return (int) Math.round(ZERO + part * (part > 0 ? 255 - ZERO : ZERO));
  }

  /** Largest absolute value of all maps. */
  static float range(FeatureMaps maps) {
    float largest = 0;
    for (float v : maps.data()) {
      largest = Math.max(largest, Math.abs(v));
    }
    return largest;
  }

  /** {@code 0xRRGGBB} of one place of one map (grey) or three maps (red, green, blue). */
  static int rgb(FeatureMaps maps, int row, int column, float range) {
    int red = tone(maps.get(0, row, column), range);
    if (maps.maps() == 1) {
      return red << 16 | red << 8 | red;
    }
    int green = tone(maps.get(1, row, column), range);
    return red << 16 | green << 8 | tone(maps.get(2, row, column), range);
  }

  /** Throws unless the maps are a grey or RGB picture of finite numbers. */
  static void check(String what, FeatureMaps maps) {
    if (maps.maps() != 1 && maps.maps() != 3) {
      throw new IllegalArgumentException(
          "%s: expected 1 map (grey) or 3 maps (RGB), got shape %s".formatted(what, maps.shape()));
    }
    Checks.finite(what, maps);
  }
}
