package org.deconvnet.dictionary;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * The products of one image's codes that {@link FilterStatistics} sums up, at all pairs of taps u =
 * (i, j) and u′ = (i′, j′):
 *
 * <pre>A[(k,u),(k′,u′)] = Σ_n z_k(n+s−1−u) z_k′(n+s−1−u′)</pre>
 *
 * Pairs of the same lag u − u′ differ at the maps' edges only. So a filter gradient makes those
 * with u at either end of the last filter row, which has a pair for each lag with i ≥ i′; steps to
 * the neighbouring pair of the same lag, along the row and then up, add what {@link WindowMoves}
 * says. Pairs with i &lt; i′ are those of k′ and k.
 *
 * <p>Costs 2 m² s² HW multiply-adds for m maps, and 2 m² s² (s−1) (H + s W) for the edges; a filter
 * gradient for every tap u would cost m² s⁴/2 HW. Keeps the workspace of the last shape, about
 * three times the maps and 2 m s² (m + s²) numbers. Not thread-safe: one a task.
 */
public final class CodeCorrelations {
  private final ConvolutionEngine engine;
  private final int side;
  private FeatureMaps maps;
  private FeatureMaps windows;
  private FilterBank starts;
  private WindowMoves moves;
  private TapPairs pairs;

  /**
   * @param side s of the filters
   */
  public CodeCorrelations(ConvolutionEngine engine, int side) {
    this.engine = engine;
    this.side = side;
  }

  ConvolutionEngine engine() {
    return engine;
  }

  int side() {
    return side;
  }

  /**
   * Takes some maps of an image.
   *
   * @param z codes, (K, H+s−1, W+s−1)
   * @param set at least one of them
   */
  void start(FeatureMaps z, int[] set) {
    Shape shape = z.shape().withMaps(set.length);
    if (maps == null || !maps.shape().equals(shape)) {
      allocate(shape);
    }
    MapBlock all = new MapBlock(0, 0, z.height(), z.width());
    MapBlock first = new MapBlock(0, 0, windows.height(), windows.width());
    MapBlock last = new MapBlock(0, side - 1, windows.height(), windows.width());
    for (int k = 0; k < set.length; k++) {
      all.copy(z, set[k], 1, maps, maps.index(k, 0, 0));
      first.copy(maps, k, 1, windows, windows.index(2 * k, 0, 0));
      last.copy(maps, k, 1, windows, windows.index(2 * k + 1, 0, 0));
    }
    engine.filterGradient(maps, windows, starts);
    if (side > 1) {
      moves.start();
    }
  }

  private void allocate(Shape shape) {
    maps = FeatureMaps.zeros(shape);
    starts = FilterBank.zeros(Connectivity.full(shape.maps(), 2 * shape.maps()), side);
    windows = FeatureMaps.zeros(starts.imageShape(shape));
    moves = side > 1 ? new WindowMoves(engine, side, maps) : null;
    pairs = new TapPairs(shape.maps(), side);
  }

  /**
   * The products of a map with all maps taken. Overwritten by the next call.
   *
   * @param k place in the set
   * @return as {@link TapPairs} has them
   */
  float[] products(int k) {
    pairs.start(starts, 2 * k);
    if (side > 1) {
      pairs.fillLastRow(moves.columnGains(k));
      pairs.fillRowsAbove(moves.rowGains(k));
    }
    return pairs.products();
  }
}
