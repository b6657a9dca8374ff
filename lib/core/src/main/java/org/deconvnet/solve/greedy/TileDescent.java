package org.deconvnet.solve.greedy;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.SparseMaps;

/**
 * Descends on the coefficients that a tile owns, those of other tiles held still: {@link
 * LocallyGreedyDescent} on the tile's window of the image less what the halo's atoms add to it. The
 * gradient is worked out anew each turn, so that between turns only sparse codes are kept. Holds a
 * dense code of one tile. Not thread-safe.
 */
public final class TileDescent {
  private final TiledProblem problem;
  private final LocallyGreedyDescent descent;

  /**
   * @throws org.deconvnet.tensor.UserErrorException if a filter's norm exceeds 1
   */
  public TileDescent(TiledProblem problem, ConvolutionEngine engine) {
    this.problem = problem;
    this.descent =
        new LocallyGreedyDescent(
            problem.filters(),
            problem.tiling().within(),
            problem.penalty(),
            problem.options(),
            engine);
  }

  /** A tile after its turn, and what it tells. */
  public record Moved(TileCode code, TileReport report) {}

  /**
   * Takes a turn.
   *
   * @param window {@link Tiling#window} of the image
   */
  public Moved turn(TileTurn turn, FeatureMaps window, TileCode before) {
    Tile tile = problem.tiling().tile(turn.tile());
    TileCode code = before.following(turn.news());
    stand(tile, window, code);
    long most = (long) (problem.options().changesPerPlace() * tile.places());
    long changes = descent.descendBySteps(turn.level(), most);
    SparseMaps found = changes == 0 ? code.own() : descent.found();
    return new Moved(
        new TileCode(found, code.halo()),
        new TileReport(tile.number(), changes, changes < most, news(tile, code.own(), found)));
  }

  private List<TileReport.News> news(Tile tile, SparseMaps before, SparseMaps after) {
    CodeChanges all = CodeChanges.between(before, after);
    List<TileReport.News> news = new ArrayList<>();
    for (Neighbour other : problem.tiling().neighbours(tile)) {
      CodeChanges seen =
          all.shifted(
              other.rowShift(),
              other.columnShift(),
              problem.tiling().tile(other.tile()).around(problem.filters().maps(), side()));
      if (seen.count() > 0) {
        news.add(new TileReport.News(other.tile(), seen));
      }
    }
    return news;
  }

  private int side() {
    return problem.filters().side();
  }

  private void stand(Tile tile, FeatureMaps window, TileCode code) {
    FeatureMaps rest = window.copy();
    subtract(code.halo(), rest);
    descent.stand(rest, problem.tiling().mask(tile), code.own());
  }

  /** Takes the halo's atoms away from the window, as far as they lie in it. */
  private void subtract(SparseMaps halo, FeatureMaps window) {
    int reach = side() - 1;
    for (int e = 0; e < halo.entries(); e++) {
      int top = halo.row(e) - reach;
      int left = halo.column(e) - reach;
      for (int i = Math.max(0, -top); i < side() && top + i < window.height(); i++) {
        for (int j = Math.max(0, -left); j < side() && left + j < window.width(); j++) {
          subtract(halo.values()[e], halo.map(e), i, j, window, top + i, left + j);
        }
      }
    }
  }

  private void subtract(float z, int k, int i, int j, FeatureMaps window, int row, int column) {
    FilterBank filters = problem.filters();
    for (int c = 0; c < filters.channels(); c++) {
      window.data()[window.index(c, row, column)] -= z * filters.get(k, c, i, j);
    }
  }

  /**
   * A tile's part in the objective.
   *
   * @param news as in a {@link TileTurn}
   */
  public TileSums sums(
      int number, List<CodeChanges> news, FeatureMaps window, TileCode before) {
    Tile tile = problem.tiling().tile(number);
    TileCode code = before.following(news);
    stand(tile, window, code);
    FeatureMaps residual = descent.residual();
    PlaceGradient gradient = descent.gradient();
    return new TileSums(
        dot(tile, residual, residual),
        dot(tile, window, window),
        dot(tile, window, residual),
        sparsity(code.own()),
        code.own().entries(),
        DualBound.of(problem.penalty(), gradient.state(), tile.places()).excess(),
        gradient.largestMove());
  }

  /** Over the pixels that the tile counts. */
  private double dot(Tile tile, FeatureMaps a, FeatureMaps b) {
    int rows = problem.tiling().ownRows(tile);
    int columns = problem.tiling().ownColumns(tile);
    double sum = 0;
    for (int c = 0; c < a.maps(); c++) {
      for (int r = 0; r < rows; r++) {
        for (int x = 0; x < columns; x++) {
          sum += (double) a.get(c, r, x) * b.get(c, r, x);
        }
      }
    }
    return sum;
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
