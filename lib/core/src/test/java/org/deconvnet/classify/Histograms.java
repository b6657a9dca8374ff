package org.deconvnet.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.pyramid.SparseHistogram;

/** Random histograms that sum to 1. */
final class Histograms {
  private Histograms() {}

  static SparseHistogram random(Random random, int size, double density) {
    float[] dense = new float[size];
    for (int i = 0; i < size; i++) {
      dense[i] = random.nextDouble() < density ? random.nextFloat() : 0;
    }
    return SparseHistogram.of(normalised(dense));
  }

  static List<SparseHistogram> randoms(long seed, int count, int size, double density) {
    Random random = new Random(seed);
    List<SparseHistogram> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(random(random, size, density));
    }
    return all;
  }

  /** A bump around {@code centre} with noise, cut off at zero. */
  static SparseHistogram bump(Random random, int size, double centre) {
    float[] dense = new float[size];
    for (int i = 0; i < size; i++) {
      double distance = (i - centre) / 3;
      double value = Math.exp(-distance * distance / 2) + 0.3 * random.nextGaussian();
      dense[i] = (float) Math.max(0, value);
    }
    return SparseHistogram.of(normalised(dense));
  }

  private static float[] normalised(float[] dense) {
    double sum = 0;
    for (float v : dense) {
      sum += v;
    }
    for (int i = 0; i < dense.length; i++) {
      dense[i] = (float) (dense[i] / Math.max(sum, Float.MIN_NORMAL));
    }
    return dense;
  }

  /** Intersections of all pairs, row by row. */
  static float[][] intersections(List<SparseHistogram> xs, List<SparseHistogram> ys) {
    return xs.stream().map(x -> HistogramIntersection.row(x, ys)).toArray(float[][]::new);
  }
}
