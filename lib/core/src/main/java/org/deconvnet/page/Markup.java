package org.deconvnet.page;

import java.util.Locale;

/** Text and numbers as they may stand in HTML and SVG, in element content and in attributes. */
final class Markup {
  private Markup() {}

  /** Escapes mark-up; what XML 1.0 cannot hold at all becomes the replacement character. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(allowed(c) ? c : 0xFFFD);
    }
  }

  private static boolean allowed(int c) {
    if (c < 0x20) {
      return c == '\t' || c == '\n' || c == '\r';
    }
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !surrogate && c != 0xFFFE && c != 0xFFFF;
  }

  /** Cuts a long label to {@code limit} characters, the last of which is then an ellipsis. */
  static String shorten(String label, int limit) {
    if (label.codePointCount(0, label.length()) <= limit) {
      return label;
    }
    return label.substring(0, label.offsetByCodePoints(0, limit - 1)) + "…";
  }

  /** A coordinate with one decimal, the same in every locale. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** A format string filled in the same way in every locale. */
  static String fill(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
