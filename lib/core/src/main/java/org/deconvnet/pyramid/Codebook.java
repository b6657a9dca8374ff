package org.deconvnet.pyramid;

import java.io.Serializable;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.features.DescriptorGrid;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * The words of a vocabulary: centres (word, dimension). Distances to all words are one matrix
 * product, and an engine's adjoint with 1x1 filters is one: descriptors are the pixels, their
 * numbers the channels, words the maps. Thread-safe.
 */
public final class Codebook implements Serializable {
  private static final long serialVersionUID = 1;

  /** Pixels of one product: bounds the memory at words x block numbers. */
  private static final int BLOCK = 256;

  private final FilterBank centres;
  private final float[] halfSquares;

  /**
   * @param centres word after word
   * @throws IllegalArgumentException if a number is not finite
   */
  public Codebook(int words, int dimension, float[] centres) {
    this.centres = FilterBank.of(Connectivity.full(words, dimension), 1, centres);
    Checks.finite("codebook", FeatureMaps.of(new Shape(1, words, dimension), centres));
    this.halfSquares = new float[words];
    for (int k = 0; k < words; k++) {
      halfSquares[k] = (float) (Math.pow(this.centres.norm(k), 2) / 2);
    }
  }

  public int words() {
    return centres.maps();
  }

  public int dimension() {
    return centres.channels();
  }

  /** Word after word, shared. */
  public float[] centres() {
    return centres.data();
  }

  /** Told, descriptor by descriptor, ⟨c, d⟩ − ‖c‖²/2 for every word: largest for the nearest. */
  interface Scores {
    /**
     * @param scores one a word; overwritten by the next call
     */
    void of(int descriptor, float[] scores);
  }

  void score(DescriptorGrid grid, ConvolutionEngine engine, Scores receiver) {
    float[] column = new float[words()];
    for (int from = 0; from < grid.count(); from += BLOCK) {
      int count = Math.min(BLOCK, grid.count() - from);
      FeatureMaps products = products(grid, engine, from, count);
      for (int d = 0; d < count; d++) {
        for (int k = 0; k < column.length; k++) {
          column[k] = products.data()[k * count + d] - halfSquares[k];
        }
        receiver.of(from + d, column);
      }
    }
  }

  private FeatureMaps products(DescriptorGrid grid, ConvolutionEngine engine, int from, int count) {
    Checks.equal("codebook: numbers of a descriptor", dimension(), grid.dimension());
    FeatureMaps descriptors = FeatureMaps.zeros(new Shape(dimension(), 1, count));
    for (int d = 0; d < count; d++) {
      for (int c = 0; c < dimension(); c++) {
        descriptors.data()[c * count + d] = grid.values()[(from + d) * dimension() + c];
      }
    }
    FeatureMaps products = FeatureMaps.zeros(new Shape(words(), 1, count));
    engine.adjoint(centres, descriptors, products);
    return products;
  }
}
