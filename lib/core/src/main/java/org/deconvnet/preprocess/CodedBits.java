package org.deconvnet.preprocess;

/**
 * The bits of a JPEG's coded data between two markers, most significant first, without the zeros
 * that stand behind bytes of 0xFF (ITU-T T.81, F.1.2.3). For one thread.
 */
final class CodedBits {
  private final byte[] content;
  private final int to;
  private int next;
  private int current;
  private int left;
  private boolean exhausted;

  CodedBits(byte[] content, int from, int to) {
    this.content = content;
    this.next = from;
    this.to = to;
  }

  int bit() {
    if (left == 0 && !load()) {
      return 0;
    }
    left--;
    return current >> left & 1;
  }

  private boolean load() {
    if (next >= to) {
      exhausted = true;
      return false;
    }
    current = content[next] & 0xFF;
    boolean stuffed = current == 0xFF && next + 1 < to && content[next + 1] == 0;
    next += stuffed ? 2 : 1;
    left = 8;
    return true;
  }

  int bits(int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      number = number << 1 | bit();
    }
    return number;
  }

  /** Bits were asked for that are not there. */
  boolean exhausted() {
    return exhausted;
  }

  /** What is left of the current byte are the ones that encoders fill it up with. */
  boolean padded() {
    int ones = (1 << left) - 1;
    return (current & ones) == ones;
  }

  /** Nothing is left but padding. */
  boolean complete() {
    return next >= to && !exhausted && padded();
  }
}
