package org.deconvnet.preprocess;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The first directory of a TIFF, or of the block of that form that EXIF is. Whatever the bytes say,
 * nothing is read outside them and no offset is followed twice: damage makes fields absent.
 * Immutable and thread-safe.
 */
final class TiffDirectory {
  static final int ENTRY = 12;

  private static final int HEADER = 8;
  private static final int MAGIC = 42;

  /** More strips than any image has, but few enough for their memory. */
  private static final int MOST_VALUES = 1 << 22;

  private final ByteBuffer block;
  private final int entries;
  private final int count;
  private final boolean whole;

  private TiffDirectory(ByteBuffer block, int entries, int claimed) {
    this.block = block;
    this.entries = entries;
    this.count = Math.min(claimed, (block.limit() - entries) / ENTRY);
    this.whole = count == claimed;
  }

  /** Empty if the block has no such header, or its directory does not begin in it. */
  static Optional<TiffDirectory> of(byte[] content, int from, int to) {
    if (to - from < HEADER || content[from] != content[from + 1]) {
      return Optional.empty();
    }
    ByteOrder order = content[from] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer block = ByteBuffer.wrap(content, from, to - from).slice().order(order);
    long at = block.getInt(4) & 0xFFFFFFFFL;
    boolean tiff = content[from] == 'I' || content[from] == 'M';
    if (!tiff || block.getShort(2) != MAGIC || at < HEADER || at + 2 > block.limit()) {
      return Optional.empty();
    }
    int entries = (int) at + 2;
    return Optional.of(new TiffDirectory(block, entries, block.getShort((int) at) & 0xFFFF));
  }

  /** Entries that lie in the block. */
  int count() {
    return count;
  }

  /** The block does not end within the directory. */
  boolean isWhole() {
    return whole;
  }

  int tag(int entry) {
    return block.getShort(place(entry)) & 0xFFFF;
  }

  /** Where an entry begins in the block. */
  int place(int entry) {
    return entries + entry * ENTRY;
  }

  ByteOrder order() {
    return block.order();
  }

  boolean has(int tag) {
    return find(tag) >= 0;
  }

  /** A field's only number, or its first; the default if there is none. */
  long number(int tag, long byDefault) {
    int entry = find(tag);
    return isWholeNumber(entry) && values(entry) > 0 ? value(entry, 0) : byDefault;
  }

  /** A field's whole numbers; none if it is absent, of another type, or lies outside the block. */
  long[] numbers(int tag) {
    int entry = find(tag);
    if (!isWholeNumber(entry)) {
      return new long[0];
    }
    long[] all = new long[(int) values(entry)];
    for (int i = 0; i < all.length; i++) {
      all[i] = value(entry, i);
    }
    return all;
  }

  private boolean isWholeNumber(int entry) {
    return entry >= 0 && isWhole(type(entry)) && isInside(entry);
  }

  /** BYTE, SHORT or LONG. */
  static boolean isWhole(int type) {
    return type == 1 || type == 3 || type == 4;
  }

  int type(int entry) {
    return block.getShort(place(entry) + 2);
  }

  /** Whether the values of an entry, of a type that images need, lie in the block. */
  boolean isInside(int entry) {
    int bytes = bytes(type(entry));
    return bytes > 0
        && values(entry) <= MOST_VALUES
        && data(entry) + values(entry) * bytes <= block.limit();
  }

  private long values(int entry) {
    return block.getInt(place(entry) + 4) & 0xFFFFFFFFL;
  }

  /** Where the values begin: in the entry itself, if they have room there. */
  private long data(int entry) {
    return values(entry) * bytes(type(entry)) <= 4
        ? place(entry) + 8
        : block.getInt(place(entry) + 8) & 0xFFFFFFFFL;
  }

  private int find(int tag) {
    for (int entry = 0; entry < count; entry++) {
      if (tag(entry) == tag) {
        return entry;
      }
    }
    return -1;
  }

  /** BYTE, SHORT, LONG, RATIONAL, UNDEFINED; 0 for the types that no image needs. */
  private static int bytes(int type) {
    return switch (type) {
      case 1, 7 -> 1;
      case 3 -> 2;
      case 4 -> 4;
      case 5 -> 8;
      default -> 0;
    };
  }

  private long value(int entry, int number) {
    int bytes = bytes(type(entry));
    int at = (int) data(entry) + number * bytes;
    return switch (bytes) {
      case 1 -> block.get(at) & 0xFF;
      case 2 -> block.getShort(at) & 0xFFFF;
      default -> block.getInt(at) & 0xFFFFFFFFL;
    };
  }
}
