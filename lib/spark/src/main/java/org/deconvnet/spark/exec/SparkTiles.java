package org.deconvnet.spark.exec;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.solve.greedy.CodeChanges;
import org.deconvnet.solve.greedy.Tile;
import org.deconvnet.solve.greedy.TileDescent;
import org.deconvnet.solve.greedy.TileReport;
import org.deconvnet.solve.greedy.TileSums;
import org.deconvnet.solve.greedy.TileTurn;
import org.deconvnet.solve.greedy.TileWindows;
import org.deconvnet.solve.greedy.TileWorkers;
import org.deconvnet.solve.greedy.TiledProblem;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.SparseMaps;
import scala.Tuple2;

/**
 * Tiles spread over partitions. Codes stay where they were made; what changed at borders comes to
 * the driver and goes out with the next turns. Now and then the sparse codes come to the driver as
 * a whole, and tiles go on from there: so the lineage stays short, and what an executor takes with
 * it when it is lost is worked out again. Not thread-safe: the driver's.
 */
final class SparkTiles implements TileWorkers, AutoCloseable {
  /** Turns of a colour between two collections of the codes. */
  private static final int PHASES = 12;

  private final JavaSparkContext context;
  private final TiledProblem problem;
  private final String engine;
  private final PersistedData kept = new PersistedData();
  private final TileShares shares;
  private final Broadcast<TiledProblem> shared;
  private final List<Broadcast<Map<Integer, FeatureMaps>>> windows;
  private JavaRDD<TileState> states;
  private int phases;

  /**
   * @param engine the resolved name of an engine: every executor uses this one or fails
   */
  SparkTiles(
      JavaSparkContext context,
      TiledProblem problem,
      FeatureMaps image,
      int partitions,
      String engine) {
    this.context = context;
    this.problem = problem;
    this.engine = engine;
    this.shares = new TileShares(context, problem.tiling(), partitions);
    this.shared = shares.broadcast(problem);
    this.windows = shares.windows(new TileWindows(problem.tiling()), image);
    Map<Integer, TileState> zeros = new TreeMap<>();
    for (Tile tile : problem.tiling().tiles()) {
      zeros.put(tile.number(), new TileState(tile.number(), problem.zeros(tile), null));
    }
    this.states = kept.keep(shares.laidOut(zeros));
  }

  @Override
  public double excess() {
    Work work = new Work(shared, windows, engine);
    return job(
            "weigh",
            () ->
                states.mapPartitionsWithIndex((p, part) -> work.excesses(p, part), true).collect())
        .stream()
        .mapToDouble(Double::doubleValue)
        .max()
        .orElseThrow();
  }

  @Override
  public List<TileReport> descend(Map<Integer, TileTurn> turns) {
    Broadcast<Map<Integer, TileTurn>> sent = shares.broadcastUntilForgotten(turns);
    Work work = new Work(shared, windows, engine);
    JavaRDD<TileState> next =
        kept.keep(
            states.mapPartitionsWithIndex((p, part) -> work.turns(p, part, sent.value()), true));
    List<TileReport> reports =
        job(
            "descend",
            () -> next.filter(state -> state.report() != null).map(TileState::report).collect());
    moveTo(next);
    sent.unpersist(false);
    if (++phases % PHASES == 0) {
      cutLineage();
    }
    return reports;
  }

  /** Only once a job has worked out all of the next states: they come from those that go. */
  private void moveTo(JavaRDD<TileState> next) {
    kept.release(states);
    states = next;
  }

  private void cutLineage() {
    Map<Integer, TileState> all = new TreeMap<>();
    job("collect", () -> states.map(TileState::silent).collect())
        .forEach(state -> all.put(state.tile(), state));
    int old = shares.passing();
    JavaRDD<TileState> next = kept.keep(shares.laidOut(all));
    job("lay out", next::count);
    moveTo(next);
    shares.forget(old);
  }

  @Override
  public List<TileSums> sums(Map<Integer, List<CodeChanges>> news) {
    Broadcast<Map<Integer, List<CodeChanges>>> sent = shares.broadcastUntilForgotten(news);
    Work work = new Work(shared, windows, engine);
    JavaRDD<TileState> next =
        kept.keep(
            states.map(
                state -> state.following(sent.value().getOrDefault(state.tile(), List.of()))));
    List<TileSums> sums =
        byTile(
            job(
                "sums",
                () ->
                    next.mapPartitionsWithIndex((p, part) -> work.sums(p, part), true).collect()));
    moveTo(next);
    return sums;
  }

  @Override
  public List<SparseMaps> codes() {
    Broadcast<TiledProblem> tiles = shared;
    return byTile(
        job(
            "collect",
            () -> states.map(state -> new Tuple2<>(state.tile(), own(tiles, state))).collect()));
  }

  private static SparseMaps own(Broadcast<TiledProblem> tiles, TileState state) {
    TiledProblem all = tiles.value();
    return all.own(all.tiling().tile(state.tile()), state.seen());
  }

  private static <T> List<T> byTile(List<Tuple2<Integer, T>> numbered) {
    Map<Integer, T> sorted = new TreeMap<>();
    numbered.forEach(one -> sorted.put(one._1(), one._2()));
    return List.copyOf(sorted.values());
  }

  /** Spark's pages show where coding stands, and what of it a job is. */
  private <T> T job(String what, Supplier<T> work) {
    String text = "%d tiles, turn %d: %s".formatted(problem.tiling().count(), phases + 1, what);
    return JobDescription.during(context.sc(), text, work);
  }

  @Override
  public void close() {
    kept.close();
    shares.close();
  }

  /** What a task does with a partition's tiles. */
  private record Work(
      Broadcast<TiledProblem> problem,
      List<Broadcast<Map<Integer, FeatureMaps>>> windows,
      String engine)
      implements java.io.Serializable {

    Iterator<TileState> turns(
        int partition, Iterator<TileState> part, Map<Integer, TileTurn> turns) {
      TileDescent[] descent = new TileDescent[1];
      return new Mapped<>(
          part,
          state -> {
            TileTurn turn = turns.get(state.tile());
            if (turn == null) {
              return state.silent();
            }
            if (descent[0] == null) {
              descent[0] = descent();
            }
            TileDescent.Moved moved = descent[0].turn(turn, window(partition, state), state.seen());
            return new TileState(state.tile(), moved.seen(), moved.report());
          });
    }

    Iterator<Double> excesses(int partition, Iterator<TileState> part) {
      TileDescent descent = descent();
      return new Mapped<>(
          part,
          state -> {
            Tile tile = problem.value().tiling().tile(state.tile());
            return descent.excess(tile, window(partition, state));
          });
    }

    Iterator<Tuple2<Integer, TileSums>> sums(int partition, Iterator<TileState> part) {
      TileDescent descent = descent();
      return new Mapped<>(
          part,
          state -> {
            Tile tile = problem.value().tiling().tile(state.tile());
            return new Tuple2<>(
                state.tile(), descent.sums(tile, window(partition, state), state.seen()));
          });
    }

    private TileDescent descent() {
      return new TileDescent(problem.value(), ConvolutionEngines.create(engine));
    }

    private FeatureMaps window(int partition, TileState state) {
      return windows.get(partition).value().get(state.tile());
    }
  }
}
