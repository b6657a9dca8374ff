package org.deconvnet.tensor;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which feature maps reconstruct which channels of the layer below: the fixed 0/1 table g of the
 * deconvolutional network (Zeiler et al., CVPR 2010, section 2). Immutable.
 */
public final class Connectivity implements Serializable {
  private static final long serialVersionUID = 1;

  /** Maps of a layer at most: a table of as many by as many holds 128 MB. */
  public static final int MOST_MAPS = 32_768;

  private final int maps;
  private final int channels;
  private final BitSet connected;

  private Connectivity(int maps, int channels, BitSet connected) {
    this.maps = maps;
    this.channels = channels;
    this.connected = connected;
  }

  /** Every map reconstructs every channel. */
  public static Connectivity full(int maps, int channels) {
    BitSet all = new BitSet(maps * channels);
    all.set(0, maps * channels);
    return new Connectivity(maps, channels, all);
  }

  /**
   * Every single channel, then every pair of channels in lexicographic order: the second layer of
   * the deconvolutional network, C + C(C−1)/2 maps (9 → 45, 15 → 120).
   */
  public static Connectivity singlesAndPairs(int channels) {
    Checks.atLeast("connectivity: channels", 1, channels);
    List<int[]> rows = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      rows.add(new int[] {c});
    }
    rows.addAll(pairs(channels));
    return ofRows(rows, channels);
  }

  /**
   * As many different pairs of channels, drawn by a seed: layers 3 and 4 of the deconvolutional
   * network. Wherever two channels a map are enough to reach every channel, they do.
   *
   * @throws IllegalArgumentException if there are more maps than pairs of channels
   */
  public static Connectivity randomPairs(int maps, int channels, long seed) {
    Checks.atLeast("connectivity: maps", 1, maps);
    Checks.atLeast("connectivity: channels of random pairs", 2, channels);
    long available = (long) channels * (channels - 1) / 2;
    if (maps > available) {
      throw new UserErrorException(
          "connectivity: expected at most %d maps, the pairs of %d channels, got %d; take fewer maps"
              .formatted(available, channels, maps));
    }
    List<int[]> rows = drawPairs(channels, new Random(seed));
    return ofRows(rows.subList(0, maps), channels);
  }

  /** All pairs in an order that reaches every channel as early as can be. */
  private static List<int[]> drawPairs(int channels, Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, channels).boxed().toList());
    Collections.shuffle(order, random);
    boolean[] first = new boolean[channels * channels];
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i < channels; i += 2) {
      int a = order.get(i);
      int b = order.get((i + 1) % channels);
      rows.add(new int[] {a, b});
      first[Math.min(a, b) * channels + Math.max(a, b)] = true;
    }
    List<int[]> rest = pairs(channels);
    rest.removeIf(pair -> first[pair[0] * channels + pair[1]]);
    Collections.shuffle(rest, random);
    rows.addAll(rest);
    return rows;
  }

  private static List<int[]> pairs(int channels) {
    List<int[]> rows = new ArrayList<>();
    for (int a = 0; a < channels; a++) {
      for (int b = a + 1; b < channels; b++) {
        rows.add(new int[] {a, b});
      }
    }
    return rows;
  }

  private static Connectivity ofRows(List<int[]> rows, int channels) {
    BitSet bits = new BitSet(rows.size() * channels);
    for (int k = 0; k < rows.size(); k++) {
      for (int c : rows.get(k)) {
        bits.set(k * channels + c);
      }
    }
    return new Connectivity(rows.size(), channels, bits);
  }

  /**
   * A given table {@code [map][channel]}.
   *
   * @throws IllegalArgumentException if there is no map, rows differ in length or a map has no
   *     channel
   */
  public static Connectivity of(boolean[][] table) {
    Checks.atLeast("connectivity: maps", 1, table.length);
    int channels = table[0].length;
    BitSet bits = new BitSet(table.length * channels);
    for (int k = 0; k < table.length; k++) {
      Checks.equal("connectivity: channels of map " + k, channels, table[k].length);
      for (int c = 0; c < channels; c++) {
        bits.set(k * channels + c, table[k][c]);
      }
      if (bits.nextSetBit(k * channels) < 0
          || bits.nextSetBit(k * channels) >= (k + 1) * channels) {
        throw new UserErrorException(
            "connectivity: map %d is connected to no channel; connect it or drop it".formatted(k));
      }
    }
    return new Connectivity(table.length, channels, bits);
  }

  public int maps() {
    return maps;
  }

  public int channels() {
    return channels;
  }

  public boolean connects(int map, int channel) {
    return connected.get(map * channels + channel);
  }

  /** The maps that reconstruct a channel, ascending. Allocates. */
  public int[] mapsOf(int channel) {
    return IntStream.range(0, maps).filter(k -> connects(k, channel)).toArray();
  }

  /**
   * Refuses a table that leaves part of the layer below without any reconstruction.
   *
   * @return this
   * @throws IllegalArgumentException naming the first channel that no map reconstructs
   */
  public Connectivity requireEveryChannelReconstructed() {
    for (int c = 0; c < channels; c++) {
      if (mapsOf(c).length == 0) {
        throw new UserErrorException(
            "connectivity: channel %d is reconstructed by no map; connect one to it".formatted(c));
      }
    }
    return this;
  }

  /** Pairs of a map and a channel that are connected. */
  public int connections() {
    return connected.cardinality();
  }

  public boolean isFull() {
    return connections() == maps * channels;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Connectivity that
        && maps == that.maps
        && channels == that.channels
        && connected.equals(that.connected);
  }

  @Override
  public int hashCode() {
    return connected.hashCode() * 31 + maps;
  }
}
