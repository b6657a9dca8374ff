package org.deconvnet.preprocess;

import org.deconvnet.preprocess.JpegFrame.Component;

/** Follows the coded data of one scan, unit by unit. For one thread. */
final class ScanWalk {
  private final JpegFrame frame;
  private final Component[] components;
  private final HuffmanCode[] dc;
  private final HuffmanCode[] ac;
  private final BlockWalk blocks;
  private int unit;

  private ScanWalk(
      JpegFrame frame,
      Component[] components,
      HuffmanCode[] dc,
      HuffmanCode[] ac,
      BlockWalk blocks) {
    this.frame = frame;
    this.components = components;
    this.dc = dc;
    this.ac = ac;
    this.blocks = blocks;
  }

  /** Null if the scan's header is broken, or names what is not there. */
  static ScanWalk of(JpegFrame frame, HuffmanCode[] codes, byte[] content, int from, int to) {
    int count = to - from < 1 ? 0 : content[from];
    if (frame == null || count < 1 || count > 4 || to - from < 4 + 2 * count) {
      return null;
    }
    Component[] components = new Component[count];
    HuffmanCode[] dc = new HuffmanCode[count];
    HuffmanCode[] ac = new HuffmanCode[count];
    for (int i = 0; i < count; i++) {
      components[i] = frame.component(content[from + 1 + 2 * i]);
      dc[i] = codes[content[from + 2 + 2 * i] >> 4 & 3];
      ac[i] = codes[16 + (content[from + 2 + 2 * i] & 3)];
      if (components[i] == null) {
        return null;
      }
    }
    int band = from + 1 + 2 * count;
    boolean refining = (content[band + 2] & 0xF0) != 0;
    return new ScanWalk(
        frame,
        components,
        dc,
        ac,
        new BlockWalk(content[band] & 63, content[band + 1] & 63, refining, frame.progressive()));
  }

  /** Units of the whole scan. */
  int units() {
    return components.length > 1
        ? frame.unitsAcross() * frame.unitsDown()
        : components[0].across() * components[0].down();
  }

  /** At the start of a restart interval. */
  void restart() {
    blocks.restart();
  }

  /** Goes on by a unit; false: no encoder wrote this, or the data have ended. */
  boolean follow(CodedBits bits) {
    boolean sound = components.length > 1 ? followAll(bits) : followOne(bits);
    unit++;
    return sound && !bits.exhausted();
  }

  private boolean followOne(CodedBits bits) {
    Component one = components[0];
    return followBlock(bits, 0, unit / one.across() * one.stride() + unit % one.across());
  }

  private boolean followAll(CodedBits bits) {
    int row = unit / frame.unitsAcross();
    int column = unit % frame.unitsAcross();
    for (int i = 0; i < components.length; i++) {
      Component one = components[i];
      for (int block = 0; block < one.h() * one.v(); block++) {
        int y = row * one.v() + block / one.h();
        int x = column * one.h() + block % one.h();
        if (!followBlock(bits, i, y * one.stride() + x)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean followBlock(CodedBits bits, int i, int block) {
    return blocks.follow(bits, dc[i], ac[i], components[i].nonZero(), block);
  }
}
