package org.deconvnet.pyramid;

import java.io.Serializable;
import java.util.function.Function;
import org.deconvnet.describe.CellMaxima;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * A pyramid of maps without words: the largest magnitude of each map in each cell of all levels
 * ({@link CellMaxima}), the whole brought to unit Euclidean norm, levels unweighted. Images of any
 * size give as many numbers. Entry order is (level, cell row, cell column, map), map fastest, as in
 * {@link SpatialPyramid}. Immutable and thread-safe.
 *
 * @param options its levels
 */
public record MapPyramid(PyramidOptions options) implements Serializable {

  /** Cells × maps numbers, of which zeros are not kept. */
  public SparseHistogram of(FeatureMaps maps) {
    return pooled(maps.maps(), cells -> cells.of(maps));
  }

  /**
   * The same of maps that are 0 but for some entries.
   *
   * @param entries where they lie, in (map, row, column) order
   * @param values one an entry
   */
  public SparseHistogram of(Shape shape, int[] entries, float[] values) {
    return pooled(shape.maps(), cells -> cells.of(shape, entries, values));
  }

  private SparseHistogram pooled(int maps, Function<CellMaxima, float[]> pool) {
    float[] all = new float[Math.multiplyExact(options.cells(), maps)];
    for (int level = 0; level < options.levels(); level++) {
      float[] maxima = pool.apply(new CellMaxima(1 << level));
      int from = options.firstCell(level) * maps;
      int cells = maxima.length / maps;
      for (int at = 0; at < maxima.length; at++) {
        all[from + at % cells * maps + at / cells] = maxima[at];
      }
    }
    return SparseHistogram.ofUnitNorm(all);
  }
}
