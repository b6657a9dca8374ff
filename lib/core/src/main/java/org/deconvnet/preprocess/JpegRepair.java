package org.deconvnet.preprocess;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JPEGs that hold all their pixels, rewritten for readers that are stricter than the standard or
 * trip over what no pixel needs. Both methods give the same array where nothing is to be left out.
 */
final class JpegRepair {
  private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);

  /** Shortest segments that say what they ought to say of the colours, marker included. */
  private static final int JFIF_BYTES = 18;

  private static final int ADOBE_BYTES = 16;

  private JpegRepair() {}

  /** Without fill bytes before markers, and without junk between the segments of the headers. */
  static byte[] withoutFill(byte[] content) {
    return copy(content, true);
  }

  /** Without fill, comments and all application data but those that say how colours are coded. */
  static byte[] withoutMetadata(byte[] content) {
    return copy(content, false);
  }

  private static byte[] copy(byte[] content, boolean metadata) {
    Cuts cuts = new Cuts(content);
    JpegMarkers markers = new JpegMarkers(content);
    boolean data = false;
    while (markers.next()) {
      int gap = markers.gap();
      cuts.leaveOut(data ? endOfData(content, gap, markers.start()) : gap, markers.start());
      if (markers.marker() == JpegMarkers.END_OF_IMAGE) {
        return cuts.upTo(markers.end());
      }
      if (!metadata && !isNeeded(content, markers)) {
        cuts.leaveOut(markers.start(), markers.end());
      }
      data = markers.opensData();
    }
    return content; // it has no end: not for here to say
  }

  /** Coded data end before the fill bytes of the marker behind them. */
  private static int endOfData(byte[] content, int from, int to) {
    int end = to;
    while (end > from && content[end - 1] == (byte) 0xFF) {
      end--;
    }
    return end;
  }

  private static boolean isNeeded(byte[] content, JpegMarkers markers) {
    return switch (markers.marker()) {
      case 0xE0 -> holds(content, markers, JFIF, JFIF_BYTES);
      case 0xEE -> holds(content, markers, ADOBE, ADOBE_BYTES);
      default -> (markers.marker() & 0xF0) != 0xE0 && markers.marker() != 0xFE;
    };
  }

  private static boolean holds(byte[] content, JpegMarkers markers, byte[] name, int bytes) {
    int from = markers.start() + 4;
    return markers.end() - markers.start() >= bytes
        && markers.end() <= content.length
        && Arrays.equals(content, from, from + name.length, name, 0, name.length);
  }

  /** Copies what is not left out; nothing, where nothing is. */
  private static final class Cuts {
    private final byte[] content;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int from;

    Cuts(byte[] content) {
      this.content = content;
    }

    void leaveOut(int start, int end) {
      if (start < end) {
        kept.write(content, from, start - from);
        from = end;
      }
    }

    byte[] upTo(int end) {
      if (from == 0) {
        return content;
      }
      kept.write(content, from, end - from);
      return kept.toByteArray();
    }
  }
}
