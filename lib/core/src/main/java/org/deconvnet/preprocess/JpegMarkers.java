package org.deconvnet.preprocess;

/**
 * Steps from marker to marker of a JPEG, by the segments' lengths, so that the markers of an
 * embedded thumbnail do not count (ITU-T T.81, annex B). What lies between a segment and the next
 * marker is a gap: coded data after a start of scan, fill bytes (B.1.1.2), or junk. For one thread.
 */
final class JpegMarkers {
  static final int START_OF_SCAN = 0xDA;
  static final int END_OF_IMAGE = 0xD9;

  private final byte[] content;
  private final int limit;
  private int gap;
  private int start;
  private int end;
  private int marker;

  JpegMarkers(byte[] content, int from, int to) {
    this.content = content;
    this.limit = to;
    this.end = from;
  }

  JpegMarkers(byte[] content) {
    this(content, 0, content.length);
  }

  /** Goes on to the next marker; false if the content ends before it, or within its length. */
  boolean next() {
    gap = end;
    int at = end;
    while (at + 1 < limit && !isMarker(at)) {
      at++;
    }
    if (at + 1 >= limit) {
      return false;
    }
    start = at;
    marker = content[at + 1] & 0xFF;
    if (standsAlone(marker)) {
      end = at + 2;
      return true;
    }
    if (at + 3 >= limit) {
      return false;
    }
    end = at + 2 + ((content[at + 2] & 0xFF) << 8 | (content[at + 3] & 0xFF));
    return true;
  }

  /**
   * Not a fill byte before a marker, and not a byte 0xFF of coded data, which has a 0 behind it.
   */
  private boolean isMarker(int at) {
    return content[at] == (byte) 0xFF && content[at + 1] != (byte) 0xFF && content[at + 1] != 0;
  }

  /** TEM, a restart, the start or the end: no length follows. */
  private static boolean standsAlone(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= END_OF_IMAGE);
  }

  int marker() {
    return marker;
  }

  /** Coded data follow this marker. */
  boolean opensData() {
    return marker == START_OF_SCAN || (marker >= 0xD0 && marker <= 0xD7);
  }

  /** A frame header, whatever its process. */
  boolean isFrame() {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /** Where the segment before ended. */
  int gap() {
    return gap;
  }

  /** Where the marker is. */
  int start() {
    return start;
  }

  /** Where its segment ends, by its own length: perhaps beyond the content. */
  int end() {
    return end;
  }
}
