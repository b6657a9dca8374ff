package org.deconvnet.page;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * A part of a picture that leads to another page.
 *
 * @param place in pixels of the picture
 * @param page relative address, without characters that addresses escape
 * @param title what is there, for a reader who points at it
 */
public record Area(Rectangle place, String page, String title) {
  String toHtml(BufferedImage picture) {
    return Markup.fill(
        "<a href=\"%s\" title=\"%s\" aria-label=\"%s\""
            + " style=\"left:%s;top:%s;width:%s;height:%s\"></a>",
        Markup.escape(page),
        Markup.escape(title),
        Markup.escape(title),
        share(place.x, picture.getWidth()),
        share(place.y, picture.getHeight()),
        share(place.width, picture.getWidth()),
        share(place.height, picture.getHeight()));
  }

  private static String share(int part, int whole) {
    return String.format(Locale.ROOT, "%.3f%%", 100.0 * part / whole);
  }
}
