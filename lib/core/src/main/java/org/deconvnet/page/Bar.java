package org.deconvnet.page;

import java.util.Locale;

/**
 * A bar of a report, lying, with its name before it and its value behind it.
 *
 * @param name what is measured
 * @param value its length: finite, not negative
 * @param text the value as people read it
 * @param kind whose number it is
 */
public record Bar(String name, double value, String text, Kind kind) {
  /** Whose number a bar shows. */
  public enum Kind {
    /** Measured by the run that the page is of. */
    OURS,
    /** Measured by that run, to compare with. */
    REFERENCE,
    /** Published by others; drawn hatched, and said so in words. */
    LITERATURE
  }

  public Bar {
    if (!(value >= 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "report bar '%s': expected a finite length of at least 0, got %s".formatted(name, value));
    }
  }

  /** A row of a table. */
  String toHtml(double longest) {
    return Markup.fill(
        "<tr class=\"%s\"><th scope=\"row\">%s%s</th><td class=\"track\">"
            + "<span style=\"width:%.2f%%\"></span></td><td>%s</td></tr>\n",
        kind.name().toLowerCase(Locale.ROOT),
        Markup.escape(name),
        kind == Kind.LITERATURE ? " <em>literature</em>" : "",
        longest == 0 ? 0 : 100 * value / longest,
        Markup.escape(text));
  }
}
