package org.deconvnet.preprocess;

/**
 * Whether bytes that a JPEG's decoder left over before the end marker are junk behind all of the
 * image, or the rest of an image whose coded data are damaged: a decoder that lost its way ends
 * early as well, and its library has the same word for both. Sound data keep to their tables and
 * end in a byte filled up with ones; and junk, read on as data, does not come to such an end.
 */
final class LeftOverBytes {
  /** Encoders make about ten scans; following one costs more than decoding it. */
  private static final int MOST_SCANS = 64;

  private final byte[] content;
  private final HuffmanCode[] codes = new HuffmanCode[20];
  private JpegFrame frame;
  private int interval;
  private ScanWalk scan;
  private CodedBits last;

  private LeftOverBytes(byte[] content) {
    this.content = content;
  }

  /**
   * @param content a JPEG without fill bytes
   */
  static boolean areJunk(byte[] content) {
    try {
      return new LeftOverBytes(content).followAll();
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      return false; // a table or a component that is not there: the file is damaged
    }
  }

  private boolean followAll() {
    JpegMarkers markers = new JpegMarkers(content);
    int scans = 0;
    while (markers.next() && markers.marker() != JpegMarkers.END_OF_IMAGE) {
      int from = markers.start() + 4;
      int to = markers.end();
      if (markers.marker() == 0xC4) {
        HuffmanCode.define(content, from, to, codes);
      } else if (markers.isFrame()) {
        frame = JpegFrame.of(markers.marker(), content, from, to);
      } else if (markers.marker() == 0xDD) {
        interval = (content[from] & 0xFF) << 8 | (content[from + 1] & 0xFF);
      } else if (markers.marker() == JpegMarkers.START_OF_SCAN
          && (++scans > MOST_SCANS || !followScan(from, to))) {
        return false;
      }
    }
    return last != null && last.padded() && !readsOn();
  }

  private boolean followScan(int from, int to) {
    scan = ScanWalk.of(frame, codes, content, from, to);
    if (scan == null) {
      return false;
    }
    JpegMarkers ends = new JpegMarkers(content, to, content.length);
    int left = scan.units();
    while (left > 0) {
      if (!ends.next()) {
        return false;
      }
      last = new CodedBits(content, ends.gap(), ends.start());
      scan.restart();
      int units = interval == 0 ? left : Math.min(interval, left);
      for (int i = 0; i < units; i++) {
        if (!scan.follow(last)) {
          return false;
        }
      }
      left -= units;
    }
    return true;
  }

  /** The left bytes are coded data as well, up to a proper end. */
  private boolean readsOn() {
    while (scan.follow(last)) {
      if (last.complete()) {
        return true;
      }
    }
    return false;
  }
}
