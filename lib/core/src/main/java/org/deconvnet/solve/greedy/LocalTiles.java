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
  private final TiledProblem problem;
  private final List<Tile> tiles;
  private final TileWindows windows;
  private final FeatureMaps image;
  private final TileDescent descent;
  private final List<SparseMaps> seen = new ArrayList<>();

  /**
   * @param image (C, H, W), shared
   * @throws IllegalArgumentException if the image does not fit the problem, or holds a number that
   *     is not finite
   * @throws org.deconvnet.tensor.UserErrorException if a filter's norm exceeds 1
   */
  public LocalTiles(TiledProblem problem, FeatureMaps image, ConvolutionEngine engine) {
    problem.check(image);
    this.problem = problem;
    this.tiles = problem.tiling().tiles();
    this.windows = new TileWindows(problem.tiling());
    this.image = image;
    this.descent = new TileDescent(problem, engine);
    tiles.forEach(tile -> seen.add(problem.zeros(tile)));
  }

  @Override
  public double excess() {
    return tiles.stream()
        .mapToDouble(tile -> descent.excess(tile, window(tile.number())))
        .max()
        .orElseThrow();
  }

  @Override
  public List<TileReport> descend(Map<Integer, TileTurn> turns) {
    List<TileReport> reports = new ArrayList<>();
    turns.forEach(
        (number, turn) -> {
          TileDescent.Moved moved = descent.turn(turn, window(number), seen.get(number));
          seen.set(number, moved.seen());
          reports.add(moved.report());
        });
    return reports;
  }

  @Override
  public List<TileSums> sums(Map<Integer, List<CodeChanges>> news) {
    List<TileSums> sums = new ArrayList<>();
    for (int n = 0; n < seen.size(); n++) {
      seen.set(n, CodeChanges.following(news.getOrDefault(n, List.of()), seen.get(n)));
      sums.add(descent.sums(tiles.get(n), window(n), seen.get(n)));
    }
    return sums;
  }

  private FeatureMaps window(int number) {
    return windows.of(image, tiles.get(number));
  }

  @Override
  public List<SparseMaps> codes() {
    return tiles.stream().map(tile -> problem.own(tile, seen.get(tile.number()))).toList();
  }
}
