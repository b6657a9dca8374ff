package org.deconvnet.solve.greedy;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/**
 * Descends on the coefficients within a tile's reach, all others held still: {@link
 * LocallyGreedyDescent} on the tile's window of the image less what atoms from outside add to it.
 * The gradient is worked out anew each turn, so that between turns only sparse codes are kept.
 * Holds a dense code of one tile. Not thread-safe.
 */
public final class TileDescent {
  private final TiledProblem problem;
  private final TileWindows windows;
  private final LocallyGreedyDescent descent;

  /**
   * @throws org.deconvnet.tensor.UserErrorException if a filter's norm exceeds 1
   */
  public TileDescent(TiledProblem problem, ConvolutionEngine engine) {
    this.problem = problem;
    this.windows = new TileWindows(problem.tiling());
    this.descent =
        new LocallyGreedyDescent(
            problem.filters(), windows.within(), problem.penalty(), problem.options(), engine);
  }

  /**
   * As {@link LocallyGreedyDescent#excess}, of the places within the tile's reach.
   *
   * @param window the tile's, of {@link TileWindows}
   */
  public double excess(Tile tile, FeatureMaps window) {
    return descent.excess(window, windows.mask(tile));
  }

  /**
   * A tile after its turn, and what it tells.
   *
   * @param seen the code that it sees
   */
  public record Moved(SparseMaps seen, TileReport report) {}

  /**
   * Takes a turn.
   *
   * @param window the tile's, of {@link TileWindows}
   * @param before the code that the tile has seen so far
   */
  public Moved turn(TileTurn turn, FeatureMaps window, SparseMaps before) {
    Tile tile = problem.tiling().tile(turn.tile());
    SparseMaps seen = CodeChanges.following(turn.news(), before);
    SparseMaps start = stand(tile, window, seen);
    long most = (long) (problem.options().changesPerPlace() * tile.reach().places());
    long changes = descent.descendBySteps(turn.level(), most);
    if (changes == 0) {
      return new Moved(seen, new TileReport(tile.number(), 0, true, List.of()));
    }
    CodeChanges made =
        CodeChanges.between(start, descent.found()).shifted(reach(), reach(), seen(tile));
    return new Moved(
        made.applied(seen),
        new TileReport(tile.number(), changes, changes < most, news(tile, made)));
  }

  private List<TileReport.News> news(Tile tile, CodeChanges made) {
    List<TileReport.News> news = new ArrayList<>();
    for (Neighbour other : problem.tiling().neighbours(tile)) {
      Shape there = seen(problem.tiling().tile(other.tile()));
      CodeChanges visible = made.shifted(other.rowShift(), other.columnShift(), there);
      if (visible.count() > 0) {
        news.add(new TileReport.News(other.tile(), visible));
      }
    }
    return news;
  }

  private Shape seen(Tile tile) {
    return tile.seen(side()).code(problem.filters().maps());
  }

  private int side() {
    return problem.filters().side();
  }

  /** How far atoms reach. */
  private int reach() {
    return side() - 1;
  }

  /** Stands at a code; returns the part of it within the tile's reach. */
  private SparseMaps stand(Tile tile, FeatureMaps window, SparseMaps seen) {
    SparseMaps start = CodeChanges.cut(seen, tile.seen(side()), tile.reach());
    FeatureMaps rest = window.copy();
    subtractOutside(tile.reach(), seen, rest);
    descent.stand(rest, windows.mask(tile), start);
    return start;
  }

  /** Takes the atoms outside of an area away from its window. */
  private void subtractOutside(Area area, SparseMaps seen, FeatureMaps window) {
    for (int e = 0; e < seen.entries(); e++) {
      int row = seen.row(e) - reach();
      int column = seen.column(e) - reach();
      boolean inside = row >= 0 && row < area.rows() && column >= 0 && column < area.columns();
      if (!inside) {
        subtract(seen.map(e), seen.values()[e], row, column, window);
      }
    }
  }

  private void subtract(int k, float z, int top, int left, FeatureMaps window) {
    FilterBank filters = problem.filters();
    for (int c = 0; c < filters.channels(); c++) {
      for (int i = Math.max(0, -top); i < side() && top + i < window.height(); i++) {
        for (int j = Math.max(0, -left); j < side() && left + j < window.width(); j++) {
          int at = window.index(c, top + i, left + j);
          window.data()[at] -= z * filters.get(k, c, i, j);
        }
      }
    }
  }

  /**
   * A tile's part in the objective.
   *
   * @param window as in a turn
   * @param seen the code that the tile sees
   */
  public TileSums sums(Tile tile, FeatureMaps window, SparseMaps seen) {
    stand(tile, window, seen);
    SparseMaps own = problem.own(tile, seen);
    FeatureMaps residual = descent.residual();
    PlaceGradient gradient = descent.gradient();
    return new TileSums(
        windows.dot(tile, residual, residual),
        windows.dot(tile, window, window),
        windows.dot(tile, window, residual),
        sparsity(own),
        own.entries(),
        DualBound.of(problem.penalty(), gradient.state(), tile.reach().places()).excess(),
        gradient.largestMove());
  }

  private double sparsity(SparseMaps code) {
    WeightedL1 penalty = problem.penalty();
    double sum = 0;
    for (int e = 0; e < code.entries(); e++) {
      sum += penalty.kappa(code.map(e)) * Math.abs(code.values()[e]);
    }
    return sum;
  }
}
