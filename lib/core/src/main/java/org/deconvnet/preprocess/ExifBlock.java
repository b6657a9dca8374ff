package org.deconvnet.preprocess;

import java.util.Optional;

/**
 * Where a file keeps its EXIF block, and what that says of the orientation: the first block counts,
 * of a TIFF the page itself. A block that is damaged says nothing. XMP is not asked.
 */
final class ExifBlock {
  private static final String PREFIX = "Exif\0\0";
  private static final int APP1 = 0xE1;

  private ExifBlock() {}

  /** How the file's image stands; upright if nothing says otherwise. */
  static Orientation orientation(ImageFormat format, byte[] content) {
    Optional<TiffDirectory> block =
        switch (format) {
          case JPEG -> ofJpeg(content);
          case PNG -> ofPng(content);
          case WEBP -> ofWebp(content);
          case TIFF -> TiffPage.directory(content);
          case GIF, BMP, PNM -> Optional.empty();
        };
    return Orientation.of(block.map(b -> b.number(TiffTags.ORIENTATION, 1)).orElse(1L));
  }

  private static Optional<TiffDirectory> ofJpeg(byte[] content) {
    JpegMarkers markers = new JpegMarkers(content);
    while (markers.next() && markers.marker() != JpegMarkers.START_OF_SCAN) {
      int from = markers.start() + 4;
      int to = Math.min(markers.end(), content.length);
      if (markers.marker() == APP1 && hasPrefix(content, from, to)) {
        return TiffDirectory.of(content, from + PREFIX.length(), to);
      }
    }
    return Optional.empty();
  }

  private static Optional<TiffDirectory> ofPng(byte[] content) {
    PngChunks chunks = new PngChunks(content);
    while (chunks.next() && chunks.type() != PngChunks.IEND) {
      if (chunks.type() == PngChunks.EXIF) {
        return chunks.checksumHolds()
            ? TiffDirectory.of(content, chunks.from(), chunks.to())
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Some writers put the prefix there that only JPEG needs. */
  private static Optional<TiffDirectory> ofWebp(byte[] content) {
    WebpChunks chunks = new WebpChunks(content);
    while (chunks.next()) {
      if (chunks.is(WebpChunks.EXIF)) {
        boolean prefixed = hasPrefix(content, chunks.from(), chunks.to());
        int from = chunks.from() + (prefixed ? PREFIX.length() : 0);
        return TiffDirectory.of(content, from, chunks.to());
      }
    }
    return Optional.empty();
  }

  private static boolean hasPrefix(byte[] content, int from, int to) {
    if (to - from < PREFIX.length()) {
      return false;
    }
    for (int i = 0; i < PREFIX.length(); i++) {
      if (content[from + i] != PREFIX.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
