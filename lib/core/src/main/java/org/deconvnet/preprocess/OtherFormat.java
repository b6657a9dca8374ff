package org.deconvnet.preprocess;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names of formats that are not read, by their first bytes. */
final class OtherFormat {
  /** SVG begins somewhere behind XML's own lines. */
  private static final int LOOKED_AT = 1024;

  private static final int DICOM_AT = 128;

  /** Bytes that are the same in every file of a format, as ISO 8859-1. */
  private record Magic(int at, String bytes, String name) {
    boolean in(byte[] content) {
      return startsWith(content, at, bytes);
    }
  }

  private static final List<Magic> MAGICS =
      List.of(
          new Magic(4, "jP  \r\n\u0087\n", "JPEG 2000"),
          new Magic(0, "\u00FFO\u00FFQ", "JPEG 2000"),
          new Magic(4, "JXL \r\n\u0087\n", "JPEG XL"),
          new Magic(0, "\u00FF\n", "JPEG XL"),
          new Magic(0, "II\u00BC", "JPEG XR"),
          new Magic(0, "8BPS", "Photoshop (PSD)"),
          new Magic(0, "%PDF", "PDF"),
          new Magic(0, "%!PS", "PostScript"),
          new Magic(0, "\u00C5\u00D0\u00D3\u00C6", "PostScript (EPS)"),
          new Magic(0, "\0\0\1\0", "Windows icon (ICO)"),
          new Magic(0, "\0\0\2\0", "Windows cursor (CUR)"),
          new Magic(0, "icns", "Apple icon (ICNS)"),
          new Magic(0, "II+\0", "BigTIFF"),
          new Magic(0, "MM\0+", "BigTIFF"),
          new Magic(0, "IIU\0", "camera raw (RW2)"),
          new Magic(0, "IIRO", "camera raw (ORF)"),
          new Magic(0, "IIRS", "camera raw (ORF)"),
          new Magic(0, "MMOR", "camera raw (ORF)"),
          new Magic(0, "FUJIFILMCCD-RAW", "camera raw (RAF)"),
          new Magic(0, "FOVb", "camera raw (X3F)"),
          new Magic(0, "\0MRM", "camera raw (MRW)"),
          new Magic(0, "II\u001A\0\0\0HEAPCCDR", "camera raw (CRW)"),
          new Magic(0, "v/1\1", "OpenEXR"),
          new Magic(0, "#?RADIANCE", "Radiance HDR"),
          new Magic(0, "#?RGBE", "Radiance HDR"),
          new Magic(0, "DDS ", "DirectDraw surface (DDS)"),
          new Magic(0, "gimp xcf", "GIMP (XCF)"),
          new Magic(0, "qoif", "QOI"),
          new Magic(0, "BPG\u00FB", "BPG"),
          new Magic(0, "FLIF", "FLIF"),
          new Magic(0, "AT&TFORM", "DjVu"),
          new Magic(0, "SIMPLE  =", "FITS"),
          new Magic(0, "\u008AMNG", "MNG"),
          new Magic(0, "\u008BJNG", "JNG"),
          new Magic(0, "\u0001\u00DA\u0000", "SGI"),
          new Magic(0, "\u0001\u00DA\u0001", "SGI"),
          new Magic(0, "Y\u00A6j\u0095", "Sun raster"),
          new Magic(0, "/* XPM */", "XPM"),
          new Magic(0, "\n\5\1", "PCX"),
          new Magic(0, "P7\n", "PAM"),
          new Magic(0, "PF\n", "PFM"),
          new Magic(0, "Pf\n", "PFM"),
          new Magic(DICOM_AT, "DICM", "DICOM"));

  private OtherFormat() {}

  /** The format's name, or empty for bytes that are of none that is known. */
  static Optional<String> nameOf(byte[] content) {
    if (startsWith(content, 4, "ftyp")) {
      return Optional.of(ofMedia(content));
    }
    return MAGICS.stream()
        .filter(magic -> magic.in(content))
        .map(Magic::name)
        .findFirst()
        .or(() -> isSvg(content) ? Optional.of("SVG") : Optional.empty());
  }

  /** An ISO media file says its kind in brands: the major one, or one of the compatible ones. */
  private static String ofMedia(byte[] content) {
    int end = Math.min(content.length, 8 + Math.min(content[3] & 0xFF, LOOKED_AT));
    String brands = new String(content, 8, Math.max(0, end - 8), StandardCharsets.ISO_8859_1);
    if (brands.contains("avif") || brands.contains("avis")) {
      return "AVIF";
    }
    if (brands.startsWith("crx ")) {
      return "camera raw (CR3)";
    }
    boolean high = brands.contains("hei") || brands.contains("hev") || brands.contains("mif1");
    return high || brands.contains("msf1") ? "HEIC" : "video or other media (MP4, MOV)";
  }

  private static boolean isSvg(byte[] content) {
    String text =
        new String(content, 0, Math.min(content.length, LOOKED_AT), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT)
            .replace("\u00EF\u00BB\u00BF", "")
            .stripLeading();
    return text.startsWith("<") && text.contains("<svg");
  }

  private static boolean startsWith(byte[] content, int at, String bytes) {
    for (int i = 0; i < bytes.length(); i++) {
      if (at + i >= content.length || (content[at + i] & 0xFF) != bytes.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
