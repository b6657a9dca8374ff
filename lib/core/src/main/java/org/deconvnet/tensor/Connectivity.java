package org.deconvnet.tensor;

import java.io.Serializable;
import java.util.BitSet;

/**
 * Which feature maps reconstruct which channels of the layer below: the fixed 0/1 table g of the
 * deconvolutional network (Zeiler et al., CVPR 2010, section 2). Immutable.
 */
public final class Connectivity implements Serializable {
  private static final long serialVersionUID = 1;

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
   * A given table {@code [map][channel]}.
   *
   * @throws IllegalArgumentException if rows differ in length or a map has no channel
   */
  public static Connectivity of(boolean[][] table) {
    int channels = table[0].length;
    BitSet bits = new BitSet(table.length * channels);
    for (int k = 0; k < table.length; k++) {
      Checks.equal("connectivity: channels of map " + k, channels, table[k].length);
      for (int c = 0; c < channels; c++) {
        bits.set(k * channels + c, table[k][c]);
      }
      if (bits.nextSetBit(k * channels) < 0
          || bits.nextSetBit(k * channels) >= (k + 1) * channels) {
        throw new IllegalArgumentException(
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

  public boolean isFull() {
    return connected.cardinality() == maps * channels;
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
