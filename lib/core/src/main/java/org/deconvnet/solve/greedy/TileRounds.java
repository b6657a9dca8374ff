package org.deconvnet.solve.greedy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.deconvnet.solve.CodeTrace;

/**
 * Codes one image in tiles, with the objective of {@link LocallyGreedyDescent}. In a round tiles
 * take their turns colour by colour: a tile descends on the coefficients within its reach until
 * none would move by more than the round's level, and tells its neighbours what changed of what
 * they see. The level falls to the tolerance. A tile that nobody has told anything since it came to
 * rest sleeps. When all sleep, no coefficient of the image would move by more than the tolerance.
 *
 * <p><b>Why it descends.</b> The trap of such tiles is that two atoms beside a border, alike and in
 * different tiles, move at once for the same pixels and overshoot; DiCoDiLe (Moreau and Gramfort,
 * <i>Distributed Convolutional Dictionary Learning</i>, 2019) locks one of the two. Here what tiles
 * of one colour may change lies s places apart or more. No pixel is covered by atoms of two of
 * them, so the objective is a sum of one function a tile, as far as they can change it, and moving
 * at once is the same as in turn. All turns together are therefore coordinate descent: each change
 * takes one coefficient to its minimum and lowers the objective. A smooth convex function with a
 * separable penalty has its minimum where no coefficient moves (Tseng, <i>Convergence of a block
 * coordinate descent method</i>, JOTA 109, 2001).
 *
 * <p><b>Why tiles reach into each other.</b> Without it, tiles beside a border correct each other
 * in ever smaller steps, as blocks without overlap do in Schwarz's alternating method. With it the
 * border lies inside of both, and each leaves it at rest.
 *
 * <p>The code depends on the tiling, and not on where or in which order tiles of a colour are
 * worked on. Not thread-safe.
 */
public final class TileRounds {
  /** Levels in multiples of the tolerance. */
  private static final double[] LEVELS = {4, 1};

  private final TiledProblem problem;
  private final TileWorkers workers;
  private final Consumer<TileProgress> listener;
  private final List<Tile> tiles;
  private final Map<Integer, List<CodeChanges>> news = new TreeMap<>();
  private final boolean[] awake;
  private long changes;
  private int rounds;

  /**
   * @param listener told after each round
   */
  public TileRounds(TiledProblem problem, TileWorkers workers, Consumer<TileProgress> listener) {
    this.problem = problem;
    this.workers = workers;
    this.listener = listener;
    this.tiles = problem.tiling().tiles();
    this.awake = new boolean[tiles.size()];
  }

  /** Codes the image from zeros. Once only. */
  public TiledCode run() {
    double most = problem.options().changesPerPlace() * problem.tiling().places();
    for (double times : LEVELS) {
      Arrays.fill(awake, true);
      round(times * problem.tolerance());
    }
    while (anyAwake() && changes < most) {
      round(problem.tolerance());
    }
    return result();
  }

  private boolean anyAwake() {
    for (boolean one : awake) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  private void round(double level) {
    long before = changes;
    int taken = 0;
    List<Integer> colours = tiles.stream().map(Tile::colour).distinct().sorted().toList();
    for (int colour : colours) {
      Map<Integer, TileTurn> turns = turns(colour, level);
      if (!turns.isEmpty()) {
        take(turns);
        taken += turns.size();
      }
    }
    listener.accept(new TileProgress(++rounds, level, taken, changes - before));
  }

  private Map<Integer, TileTurn> turns(int colour, double level) {
    Map<Integer, TileTurn> turns = new TreeMap<>();
    for (Tile tile : tiles) {
      int n = tile.number();
      if (tile.colour() == colour && awake[n]) {
        List<CodeChanges> unknown = news.remove(n);
        turns.put(n, new TileTurn(n, level, unknown == null ? List.of() : unknown));
      }
    }
    return turns;
  }

  private void take(Map<Integer, TileTurn> turns) {
    List<TileReport> reports = new ArrayList<>(workers.descend(turns));
    reports.sort(Comparator.comparingInt(TileReport::tile));
    for (TileReport report : reports) {
      changes += report.changes();
      awake[report.tile()] = !report.settled();
    }
    for (TileReport report : reports) {
      for (TileReport.News one : report.news()) {
        news.computeIfAbsent(one.tile(), tile -> new ArrayList<>()).add(one.changes());
        awake[one.tile()] = true;
      }
    }
  }

  private TiledCode result() {
    boolean settled = !anyAwake();
    TileSums all = workers.sums(Map.copyOf(news)).stream().reduce(TileSums.NONE, TileSums::plus);
    CodeTrace trace =
        new CodeTrace(
            all.squaredError() / 2,
            all.sparsity(),
            all.squaredError(),
            all.squaredImage(),
            all.entries(),
            problem.filters().maps() * problem.tiling().places());
    double bound = new DualBound(all.excess()).value(all.along(), all.squaredError());
    Certificate certificate =
        new Certificate(trace.objective() - bound, all.largestMove(), changes, settled);
    return new TiledCode(problem.tiling(), workers.codes(), trace, certificate, rounds);
  }
}
