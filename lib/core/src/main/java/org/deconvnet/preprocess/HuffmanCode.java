package org.deconvnet.preprocess;

/** A JPEG's Huffman table (ITU-T T.81, annex C), for following coded data. Immutable. */
final class HuffmanCode {
  /** No code of up to 16 bits is this one. */
  static final int NONE = -1;

  private static final int LONGEST = 16;

  private final byte[] content;
  private final int lengths;

  /**
   * @param lengths where the table lies: the number of codes of each length, then their symbols
   */
  private HuffmanCode(byte[] content, int lengths) {
    this.content = content;
    this.lengths = lengths;
  }

  /**
   * Takes the tables of a segment.
   *
   * @param into by class and destination: 0 to 3 are DC, 16 to 19 AC
   */
  static void define(byte[] content, int from, int to, HuffmanCode[] into) {
    int at = from;
    while (at + 1 + LONGEST <= to) {
      HuffmanCode code = new HuffmanCode(content, at + 1);
      into[content[at] & 0x13] = code;
      at += 1 + LONGEST + code.symbols();
    }
  }

  private int symbols() {
    int sum = 0;
    for (int i = 0; i < LONGEST; i++) {
      sum += content[lengths + i] & 0xFF;
    }
    return sum;
  }

  int read(CodedBits bits) {
    int code = 0;
    int first = 0;
    int symbol = lengths + LONGEST;
    for (int i = 0; i < LONGEST; i++) {
      int count = content[lengths + i] & 0xFF;
      code = code << 1 | bits.bit();
      first <<= 1;
      if (code - first < count) {
        return content[symbol + code - first] & 0xFF;
      }
      first += count;
      symbol += count;
    }
    return NONE;
  }
}
