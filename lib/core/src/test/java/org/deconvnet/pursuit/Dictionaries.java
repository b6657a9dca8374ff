package org.deconvnet.pursuit;

import java.util.Random;
import org.deconvnet.pyramid.Codebook;

/** Dictionaries of tests, and numbers in other forms. */
final class Dictionaries {
  private Dictionaries() {}

  /** Atoms of random directions. */
  static Codebook random(int atoms, int dimension, long seed) {
    return new Codebook(atoms, dimension, gaussian(atoms * dimension, seed)).atUnitNorm();
  }

  static float[] gaussian(int count, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** (row, dimension). */
  static double[][] rows(float[] numbers, int dimension) {
    double[][] rows = new double[numbers.length / dimension][dimension];
    for (int i = 0; i < numbers.length; i++) {
      rows[i / dimension][i % dimension] = numbers[i];
    }
    return rows;
  }
}
