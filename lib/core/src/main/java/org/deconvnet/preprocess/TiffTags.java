package org.deconvnet.preprocess;

import java.util.Set;

/** Numbers of the TIFF 6.0 fields that the pixels of a page, and how it stands, depend on. */
final class TiffTags {
  static final int SUBFILE = 254;
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS = 258;
  static final int COMPRESSION = 259;
  static final int COLOURS = 262;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES = 277;
  static final int ROWS = 278;
  static final int STRIP_BYTES = 279;
  static final int PLANES = 284;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTES = 325;
  static final int SUB_DIRECTORIES = 330;
  static final int SAMPLE_FORMAT = 339;
  static final int DNG_VERSION = 50706;

  private static final int PREDICTOR = 317;
  private static final int FILL_ORDER = 266;
  private static final int FAX3_OPTIONS = 292;
  private static final int FAX4_OPTIONS = 293;
  private static final int COLOUR_MAP = 320;
  private static final int INK_SET = 332;
  private static final int INKS = 334;
  private static final int EXTRA_SAMPLES = 338;
  private static final int JPEG_TABLES = 347;
  private static final int YCC_COEFFICIENTS = 529;
  private static final int YCC_SUBSAMPLING = 530;
  private static final int YCC_POSITION = 531;
  private static final int BLACK_AND_WHITE = 532;

  private static final Set<Integer> WHOLE_NUMBERS =
      Set.of(
          WIDTH,
          HEIGHT,
          BITS,
          COMPRESSION,
          COLOURS,
          FILL_ORDER,
          STRIP_OFFSETS,
          SAMPLES,
          ROWS,
          STRIP_BYTES,
          PLANES,
          FAX3_OPTIONS,
          FAX4_OPTIONS,
          PREDICTOR,
          COLOUR_MAP,
          TILE_WIDTH,
          TILE_HEIGHT,
          TILE_OFFSETS,
          TILE_BYTES,
          INK_SET,
          INKS,
          EXTRA_SAMPLES,
          SAMPLE_FORMAT,
          YCC_SUBSAMPLING,
          YCC_POSITION);

  private static final Set<Integer> OTHERS = Set.of(JPEG_TABLES, YCC_COEFFICIENTS, BLACK_AND_WHITE);

  private TiffTags() {}

  /** Whether pixels depend on this field, and it has a type that it may have. */
  static boolean ofPixels(int tag, int type) {
    return TiffDirectory.isWhole(type) ? WHOLE_NUMBERS.contains(tag) : OTHERS.contains(tag);
  }
}
