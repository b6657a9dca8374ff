package org.deconvnet.preprocess;

import java.util.BitSet;

/** What a JPEG's frame header says of its components. For one thread. */
final class JpegFrame {
  private static final int BLOCK = 8;

  /** Sequential and progressive frames, Huffman-coded: those whose coded data can be followed. */
  private static final int PROGRESSIVE = 0xC2;

  private final boolean progressive;
  private final int height;
  private final int width;
  private final Component[] components;

  /**
   * @param across blocks of a row in scans of this component alone
   * @param nonZero 64 bits a block, for progressive frames
   */
  record Component(int id, int h, int v, int across, int down, int stride, BitSet nonZero) {}

  private JpegFrame(boolean progressive, int height, int width, Component[] components) {
    this.progressive = progressive;
    this.height = height;
    this.width = width;
    this.components = components;
  }

  /** Null if the header is broken, or of a frame that cannot be followed. */
  static JpegFrame of(int marker, byte[] content, int from, int to) {
    int count = to - from < 6 ? 0 : content[from + 5] & 0xFF;
    if (marker > PROGRESSIVE || count < 1 || count > 4 || to - from < 6 + 3 * count) {
      return null;
    }
    int height = number(content, from + 1);
    int width = number(content, from + 3);
    int[] sampling = new int[count];
    int mostAcross = 1;
    int mostDown = 1;
    for (int i = 0; i < count; i++) {
      sampling[i] = content[from + 7 + 3 * i] & 0xFF;
      mostAcross = Math.max(mostAcross, sampling[i] >> 4);
      mostDown = Math.max(mostDown, sampling[i] & 15);
    }
    Component[] all = new Component[count];
    for (int i = 0; i < count; i++) {
      int h = sampling[i] >> 4;
      int v = sampling[i] & 15;
      int across = parts(parts(width * h, mostAcross), BLOCK);
      int down = parts(parts(height * v, mostDown), BLOCK);
      int stride = parts(width, BLOCK * mostAcross) * h;
      all[i] = new Component(content[from + 6 + 3 * i], h, v, across, down, stride, new BitSet());
    }
    return new JpegFrame(marker == PROGRESSIVE, height, width, all);
  }

  private static int number(byte[] content, int at) {
    return (content[at] & 0xFF) << 8 | (content[at + 1] & 0xFF);
  }

  private static int parts(int whole, int part) {
    return (whole + part - 1) / part;
  }

  boolean progressive() {
    return progressive;
  }

  /** Null if there is none of this name. */
  Component component(int id) {
    for (Component one : components) {
      if (one.id == id) {
        return one;
      }
    }
    return null;
  }

  /** Units of an interleaved scan in a row. */
  int unitsAcross() {
    return parts(width, BLOCK * most(true));
  }

  int unitsDown() {
    return parts(height, BLOCK * most(false));
  }

  private int most(boolean across) {
    int most = 1;
    for (Component one : components) {
      most = Math.max(most, across ? one.h : one.v);
    }
    return most;
  }
}
