package org.deconvnet.preprocess;

/** The bytes that a format's reader is given: the file's own, or the same image put plainer. */
final class ReadableBytes {
  private ReadableBytes() {}

  /**
   * The same array where nothing stands in a reader's way.
   *
   * @throws ImageDecodeException if the file's first page is of a kind that is not read here
   */
  static byte[] of(ImageFormat format, byte[] content) {
    return switch (format) {
      case JPEG -> JpegRepair.withoutFill(content);
      case TIFF -> {
        TiffPage.directory(content)
            .flatMap(TiffRefusal::of)
            .ifPresent(
                what -> {
                  throw DecodeRefusal.notRead("TIFF with " + what);
                });
        yield TiffPage.alone(content);
      }
      case PNG, GIF, BMP, PNM, WEBP -> content;
    };
  }

  /** Without profiles and metadata that no pixel needs; the same array if there are none. */
  static byte[] bare(ImageFormat format, byte[] readable) {
    return switch (format) {
      case JPEG -> JpegRepair.withoutMetadata(readable);
      case WEBP -> WebpChunks.withoutProfile(readable);
      case PNG, GIF, BMP, PNM, TIFF -> readable;
    };
  }
}
