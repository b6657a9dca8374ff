package org.deconvnet.spark.exec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deconvnet.solve.greedy.Tile;
import org.deconvnet.solve.greedy.TileWindows;
import org.deconvnet.solve.greedy.Tiling;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Which partition has which tiles: as many of each colour as any other, since tiles of a colour
 * work at once. What a partition starts from goes to the executors that work on it, and to no
 * others. Not thread-safe: the driver's.
 */
final class TileShares implements AutoCloseable {
  private final JavaSparkContext context;
  private final List<List<Tile>> shares = new ArrayList<>();
  private final List<Broadcast<?>> sent = new ArrayList<>();
  private final Deque<Broadcast<?>> passing = new ArrayDeque<>();

  TileShares(JavaSparkContext context, Tiling tiling, int partitions) {
    this.context = context;
    for (int p = 0; p < Math.min(partitions, tiling.count()); p++) {
      shares.add(new ArrayList<>());
    }
    List<Tile> tiles = new ArrayList<>(tiling.tiles());
    tiles.sort(Comparator.comparingInt(Tile::colour).thenComparingInt(Tile::number));
    for (int i = 0; i < tiles.size(); i++) {
      shares.get(i % shares.size()).add(tiles.get(i));
    }
  }

  /** The windows of each partition's tiles, by tile. */
  List<Broadcast<Map<Integer, FeatureMaps>>> windows(TileWindows windows, FeatureMaps image) {
    List<Broadcast<Map<Integer, FeatureMaps>>> all = new ArrayList<>();
    for (List<Tile> share : shares) {
      Map<Integer, FeatureMaps> part = new HashMap<>();
      share.forEach(tile -> part.put(tile.number(), windows.of(image, tile)));
      all.add(broadcast(part));
    }
    return all;
  }

  /**
   * Lays states out in the partitions.
   *
   * @param states by the tile's number
   */
  JavaRDD<TileState> laidOut(Map<Integer, TileState> states) {
    List<Broadcast<List<TileState>>> all = new ArrayList<>();
    for (List<Tile> share : shares) {
      List<TileState> part = new ArrayList<>();
      share.forEach(tile -> part.add(states.get(tile.number())));
      all.add(broadcastUntilForgotten(part));
    }
    // As many slices as elements: one share a partition.
    return context.parallelize(all, all.size()).flatMap(share -> share.value().iterator());
  }

  /** Sends to all executors what stays until the end. */
  <T> Broadcast<T> broadcast(T value) {
    Broadcast<T> broadcast = context.broadcast(value);
    sent.add(broadcast);
    return broadcast;
  }

  /** Sends to all executors what stays until {@link #forget}. */
  <T> Broadcast<T> broadcastUntilForgotten(T value) {
    Broadcast<T> broadcast = context.broadcast(value);
    passing.add(broadcast);
    return broadcast;
  }

  /** How much there is to forget. */
  int passing() {
    return passing.size();
  }

  /** Nothing is worked out from the oldest of these any more. */
  void forget(int oldest) {
    for (int i = 0; i < oldest; i++) {
      passing.remove().destroy();
    }
  }

  @Override
  public void close() {
    forget(passing());
    sent.forEach(broadcast -> broadcast.destroy());
    sent.clear();
  }
}
