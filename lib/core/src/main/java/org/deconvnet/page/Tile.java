package org.deconvnet.page;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A small picture among others of its kind, with some words below it.
 *
 * @param alt what stands for it where it cannot be seen
 * @param lines a few short ones; the first is the most important
 */
public record Tile(BufferedImage picture, String alt, List<String> lines) {
  public Tile {
    lines = List.copyOf(lines);
  }

  String toHtml() {
    StringBuilder html = new StringBuilder("<li>").append(HtmlReport.image(picture, alt));
    lines.forEach(line -> html.append(Markup.fill("<span>%s</span>", Markup.escape(line))));
    return html.append("</li>\n").toString();
  }
}
