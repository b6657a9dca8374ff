package org.deconvnet.solve.greedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.SparseMaps;

/**
 * Tiles one after the other in this JVM: an image whose dense code does not fit the memory. Holds
 * the image, the sparse code, and a dense code of one tile. Not thread-safe.
 */
public final class LocalTiles implements TileWorkers {
  private final Tiling tiling;
  private final FeatureMaps image;
  private final TileDescent descent;
  private final List<TileCode> codes = new ArrayList<>();

  /**
   * @throws IllegalArgumentException if the image does not fit the problem, or holds a number that
   *     is not finite
   * @throws org.deconvnet.tensor.UserErrorException if a filter's norm exceeds 1
   */
  public LocalTiles(TiledProblem problem, FeatureMaps image, ConvolutionEngine engine) {
    problem.check(image);
    this.tiling = problem.tiling();
    this.image = image;
    this.descent = new TileDescent(problem, engine);
    tiling.tiles().forEach(tile -> codes.add(problem.zeros(tile)));
  }

  @Override
  public List<TileReport> descend(Map<Integer, TileTurn> turns) {
    List<TileReport> reports = new ArrayList<>();
    turns.forEach(
        (number, turn) -> {
          TileDescent.Moved moved = descent.turn(turn, window(number), codes.get(number));
          codes.set(number, moved.code());
          reports.add(moved.report());
        });
    return reports;
  }

  @Override
  public List<TileSums> sums(Map<Integer, List<CodeChanges>> news) {
    List<TileSums> sums = new ArrayList<>();
    for (int n = 0; n < codes.size(); n++) {
      List<CodeChanges> unknown = news.getOrDefault(n, List.of());
      sums.add(descent.sums(n, unknown, window(n), codes.get(n)));
    }
    return sums;
  }

  private FeatureMaps window(int number) {
    return tiling.window(image, tiling.tile(number));
  }

  @Override
  public List<SparseMaps> codes() {
    return codes.stream().map(TileCode::own).toList();
  }
}
