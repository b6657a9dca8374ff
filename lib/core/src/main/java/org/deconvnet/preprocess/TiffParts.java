package org.deconvnet.preprocess;

/**
 * How long the strips or tiles of a TIFF's page are where they are not compressed. Immutable.
 *
 * @param rowBytes of a row; 0 where rows are compressed, and nobody knows
 * @param rows of every part but the last of a plane
 * @param lastRows of that
 * @param parts of a plane
 */
record TiffParts(long rowBytes, long rows, long lastRows, long parts) {
  static final int UNCOMPRESSED = 1;
  private static final int YCC = 6;
  private static final long ALL_ROWS = 0xFFFFFFFFL;

  static TiffParts of(TiffDirectory page, boolean tiles) {
    long height = Math.max(1, page.number(TiffTags.HEIGHT, 1));
    long rows = Math.max(1, Math.min(height, page.number(TiffTags.ROWS, ALL_ROWS)));
    long parts = (height + rows - 1) / rows;
    if (tiles) {
      long tile = page.number(TiffTags.TILE_HEIGHT, 1);
      return new TiffParts(rowBytes(page, TiffTags.TILE_WIDTH), tile, tile, 1);
    }
    long last = height - (parts - 1) * rows;
    return new TiffParts(rowBytes(page, TiffTags.WIDTH), rows, last, parts);
  }

  private static long rowBytes(TiffDirectory page, int width) {
    boolean plain =
        page.number(TiffTags.COMPRESSION, UNCOMPRESSED) == UNCOMPRESSED
            && page.number(TiffTags.COLOURS, 0) != YCC;
    boolean apart = page.number(TiffTags.PLANES, 1) == 2;
    long samples = apart ? 1 : page.number(TiffTags.SAMPLES, 1);
    return plain ? (page.number(width, 1) * samples * page.number(TiffTags.BITS, 1) + 7) / 8 : 0;
  }

  /** Bytes that a part must have at least. */
  long bytes(int part) {
    return rowBytes * (part % parts == parts - 1 ? lastRows : rows);
  }
}
