package org.deconvnet.preprocess;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a TIFF's first page holds that is not read here, by its name. Such a page would otherwise
 * give wrong pixels, or fail with a message about the reader and not about the file.
 */
final class TiffRefusal {
  private static final int NONE = -1;
  private static final int YCC = 6;
  private static final int WHITE_IS_ZERO = 0;
  private static final int INKS = 5;
  private static final int MOST_SAMPLES = 8;

  /** A row of a tile is in memory as a whole. */
  private static final long LARGEST_TILE_SIDE = 1 << 16;

  private static final Map<Long, String> COMPRESSIONS =
      Map.of(
          6L, "old-style JPEG",
          34712L, "JPEG 2000",
          34887L, "LERC",
          34925L, "LZMA",
          50000L, "Zstandard",
          50001L, "WebP",
          50002L, "JPEG XL");

  private static final Set<Long> READ_COMPRESSIONS =
      Set.of(1L, 2L, 3L, 4L, 5L, 7L, 8L, 32773L, 32946L);

  private static final Map<Long, String> COLOURS =
      Map.of(
          4L, "a transparency mask",
          8L, "CIE L*a*b* colours",
          9L, "ICC L*a*b* colours",
          10L, "ITU L*a*b* colours",
          32844L, "logarithmic luminance",
          32845L, "logarithmic colours");

  private static final Set<Long> READ_COLOURS = Set.of(0L, 1L, 2L, 3L, 5L, 6L);
  private static final Set<Long> RAW_COLOURS = Set.of(32803L, 34892L);
  private static final Set<Long> READ_BITS = Set.of(1L, 2L, 4L, 8L, 10L, 12L, 14L, 16L);

  private static final Map<Long, String> NUMBERS =
      Map.of(
          2L, "signed numbers",
          3L, "floating-point numbers (no file tells their range)",
          5L, "complex numbers",
          6L, "complex floating-point numbers");

  private TiffRefusal() {}

  /** What it is, as in "TIFF with ...", or empty: it can be read. */
  static Optional<String> of(TiffDirectory page) {
    return raw(page)
        .or(() -> compression(page))
        .or(() -> numbers(page))
        .or(() -> colours(page))
        .or(() -> layout(page));
  }

  /** A camera's file shows a small preview as its first page. */
  private static Optional<String> raw(TiffDirectory page) {
    boolean preview = (page.number(TiffTags.SUBFILE, 0) & 1) == 1;
    boolean raw =
        page.has(TiffTags.DNG_VERSION)
            || (preview && page.has(TiffTags.SUB_DIRECTORIES))
            || RAW_COLOURS.contains(page.number(TiffTags.COLOURS, NONE));
    return raw ? Optional.of("a camera's raw data") : Optional.empty();
  }

  private static Optional<String> compression(TiffDirectory page) {
    long number = page.number(TiffTags.COMPRESSION, TiffParts.UNCOMPRESSED);
    return READ_COMPRESSIONS.contains(number)
        ? Optional.empty()
        : Optional.of(
            COMPRESSIONS.getOrDefault(number, "an unknown") + " compression (" + number + ")");
  }

  private static Optional<String> numbers(TiffDirectory page) {
    for (long format : page.numbers(TiffTags.SAMPLE_FORMAT)) {
      if (NUMBERS.containsKey(format)) {
        return Optional.of(NUMBERS.get(format));
      }
    }
    long[] bits = page.numbers(TiffTags.BITS);
    for (long one : bits) {
      if (one != bits[0] || !READ_BITS.contains(one)) {
        return Optional.of("samples of " + one + " bits");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> colours(TiffDirectory page) {
    long colours = page.number(TiffTags.COLOURS, NONE);
    long samples = page.number(TiffTags.SAMPLES, 1);
    if (colours != NONE && !READ_COLOURS.contains(colours)) {
      return Optional.of(COLOURS.getOrDefault(colours, "unknown colours (" + colours + ")"));
    }
    if (samples > MOST_SAMPLES) {
      return Optional.of(samples + " samples a pixel");
    }
    if (colours == WHITE_IS_ZERO && samples > 1) {
      return Optional.of("inverted grey and transparency");
    }
    boolean coded = page.number(TiffTags.COMPRESSION, NONE) == TiffJpegParts.COMPRESSION;
    return colours == INKS && coded ? Optional.of("inks coded as JPEG") : Optional.empty();
  }

  private static Optional<String> layout(TiffDirectory page) {
    long side = Math.max(page.number(TiffTags.TILE_WIDTH, 0), page.number(TiffTags.TILE_HEIGHT, 0));
    if (side > LARGEST_TILE_SIDE) {
      return Optional.of("tiles of " + side + " pixels");
    }
    boolean apart = page.number(TiffTags.PLANES, 1) == 2;
    return apart && page.number(TiffTags.COLOURS, NONE) == YCC
        ? Optional.of("luminance and colour differences in planes")
        : Optional.empty();
  }
}
