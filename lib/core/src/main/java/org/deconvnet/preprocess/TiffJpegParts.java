package org.deconvnet.preprocess;

/**
 * The strips or tiles of a TIFF's page that are JPEGs of their own: each tells its size again, and
 * decoding takes the memory that it asks for.
 */
final class TiffJpegParts {
  static final int COMPRESSION = 7;

  /** JPEGs are coded in units of up to 4 x 4 blocks. */
  private static final int UNIT = 32;

  private TiffJpegParts() {}

  /** Whether no part is larger than the page says, up to a whole unit. */
  static boolean fit(byte[] content, TiffDirectory page, long[] offsets, long[] bytes) {
    long width = page.number(TiffTags.TILE_WIDTH, page.number(TiffTags.WIDTH, 0));
    long height = page.number(TiffTags.HEIGHT, 0);
    long rows = Math.min(height, page.number(TiffTags.ROWS, height));
    long tileRows = page.number(TiffTags.TILE_HEIGHT, rows);
    for (int i = 0; i < offsets.length; i++) {
      long end = i < bytes.length ? offsets[i] + bytes[i] : content.length;
      int to = (int) Math.min(end, content.length);
      if (!fits(content, new JpegMarkers(content, (int) offsets[i], to), tileRows, width)) {
        return false;
      }
    }
    return true;
  }

  /** A part without a header is for the reader to refuse. */
  private static boolean fits(byte[] content, JpegMarkers markers, long rows, long width) {
    while (markers.next() && markers.marker() != JpegMarkers.START_OF_SCAN) {
      if (markers.isFrame() && markers.start() + 9 <= content.length) {
        int at = markers.start() + 5;
        return number(content, at) < rows + UNIT && number(content, at + 2) < width + UNIT;
      }
    }
    return true;
  }

  private static int number(byte[] content, int at) {
    return (content[at] & 0xFF) << 8 | (content[at + 1] & 0xFF);
  }
}
