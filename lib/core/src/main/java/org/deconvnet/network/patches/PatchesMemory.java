package org.deconvnet.network.patches;

import java.util.Arrays;
import org.deconvnet.dictionary.AtomQuadratic;
import org.deconvnet.dictionary.CarriedQuadratic;

/**
 * What is carried over batches beside the words: how windows are whitened, and the statistics of
 * earlier batches where they are remembered. Not thread-safe.
 */
final class PatchesMemory implements CarriedQuadratic {
  private Whitening whitening;
  private final AtomQuadratic statistics;

  /**
   * @param statistics null where nothing is remembered
   */
  PatchesMemory(Whitening whitening, AtomQuadratic statistics) {
    this.whitening = whitening;
    this.statistics = statistics;
  }

  Whitening whitening() {
    return whitening;
  }

  AtomQuadratic statistics() {
    return statistics;
  }

  /** W, W⁻¹, the statistics. */
  @Override
  public double[] numbers() {
    int each = whitening.forward().length;
    double[] more = statistics == null ? new double[0] : statistics.numbers();
    double[] numbers = new double[2 * each + more.length];
    for (int i = 0; i < each; i++) {
      numbers[i] = whitening.forward()[i];
      numbers[each + i] = whitening.inverse()[i];
    }
    System.arraycopy(more, 0, numbers, 2 * each, more.length);
    return numbers;
  }

  @Override
  public void setNumbers(double[] numbers) {
    int each = whitening.forward().length;
    float[] forward = new float[each];
    float[] inverse = new float[each];
    for (int i = 0; i < each; i++) {
      forward[i] = (float) numbers[i];
      inverse[i] = (float) numbers[each + i];
    }
    whitening = new Whitening(whitening.dimension(), forward, inverse);
    if (statistics != null) {
      statistics.setNumbers(Arrays.copyOfRange(numbers, 2 * each, numbers.length));
    }
  }
}
