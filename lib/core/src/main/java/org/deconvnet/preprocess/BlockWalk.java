package org.deconvnet.preprocess;

import java.util.BitSet;

/**
 * Follows the coded coefficients of one block after the other, without keeping their values (ITU-T
 * T.81, F.2.2 and G.2). Sound data never leave the block, and know no code that the tables lack.
 * For one thread.
 */
final class BlockWalk {
  private static final int BLOCK = 64;
  private static final int LONGEST_DC = 11;
  private static final int ZERO_RUN = 15;

  private final int first;
  private final int last;
  private final boolean refining;
  private final boolean progressive;
  private int endOfBandRun;

  /**
   * @param first of the band of coefficients, 0 to 63
   * @param refining the band was there before, with a bit less
   */
  BlockWalk(int first, int last, boolean refining, boolean progressive) {
    this.first = first;
    this.last = last;
    this.refining = refining;
    this.progressive = progressive;
  }

  /** At the start of a restart interval. */
  void restart() {
    endOfBandRun = 0;
  }

  /**
   * @param nonZero coefficients of all the component's blocks that are known not to be zero
   * @return false: no encoder wrote this
   */
  boolean follow(CodedBits bits, HuffmanCode dc, HuffmanCode ac, BitSet nonZero, int block) {
    if (!progressive) {
      return followDc(bits, dc) && followBand(bits, ac, 1, BLOCK - 1, null, 0);
    }
    if (first == 0) {
      return refining ? bits.bit() >= 0 : followDc(bits, dc);
    }
    return refining
        ? refineBand(bits, ac, nonZero, block * BLOCK)
        : followBand(bits, ac, first, last, nonZero, block * BLOCK);
  }

  private static boolean followDc(CodedBits bits, HuffmanCode dc) {
    int size = dc.read(bits);
    if (size < 0 || size > LONGEST_DC) {
      return false;
    }
    bits.bits(size);
    return true;
  }

  private boolean followBand(
      CodedBits bits, HuffmanCode ac, int from, int to, BitSet nonZero, int at) {
    if (endOfBandRun > 0) {
      endOfBandRun--;
      return true;
    }
    int k = from;
    while (k <= to) {
      int symbol = ac.read(bits);
      int run = symbol >> 4;
      int size = symbol & 15;
      if (symbol == HuffmanCode.NONE) {
        return false;
      }
      if (size == 0 && run < ZERO_RUN) {
        endOfBandRun = progressive ? (1 << run) - 1 + bits.bits(run) : 0;
        return progressive || run == 0;
      }
      k += run;
      if (k > to) {
        return false;
      }
      bits.bits(size);
      if (size > 0 && nonZero != null) {
        nonZero.set(at + k);
      }
      k++;
    }
    return true;
  }

  private boolean refineBand(CodedBits bits, HuffmanCode ac, BitSet nonZero, int at) {
    int k = first;
    while (endOfBandRun == 0 && k <= last) {
      int symbol = ac.read(bits);
      int run = symbol >> 4;
      int size = symbol & 15;
      if (symbol == HuffmanCode.NONE || size > 1) {
        return false;
      }
      if (size == 0 && run < ZERO_RUN) {
        endOfBandRun = (1 << run) + bits.bits(run);
        break;
      }
      bits.bits(size);
      k = refined(bits, nonZero, at, k, run);
      if (k > last) {
        return false;
      }
      if (size > 0) {
        nonZero.set(at + k);
      }
      k++;
    }
    if (endOfBandRun > 0) {
      refined(bits, nonZero, at, k, BLOCK);
      endOfBandRun--;
    }
    return true;
  }

  /** Passes over so many zeros; each coefficient between them has a bit. */
  private int refined(CodedBits bits, BitSet nonZero, int at, int from, int zeros) {
    int k = from;
    int passed = 0;
    while (k <= last) {
      if (nonZero.get(at + k)) {
        bits.bit();
      } else if (passed++ == zeros) {
        return k;
      }
      k++;
    }
    return k;
  }
}
