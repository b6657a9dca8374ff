package org.deconvnet.page;

import java.util.LinkedHashMap;
import java.util.Map;

/** The top of a page: what it is of, its one large figure, how it was made. Not thread-safe. */
final class PageHeader {
  private final String title;
  private final Map<String, String> made = new LinkedHashMap<>();
  private String figure = "";
  private String says = "";
  private String command = "";

  PageHeader(String title) {
    this.title = title;
  }

  void keyFigure(String newFigure, String newSays) {
    figure = newFigure;
    says = newSays;
  }

  void made(Map<String, String> facts) {
    made.putAll(facts);
  }

  void command(String newCommand) {
    command = newCommand;
  }

  String toHtml() {
    StringBuilder html = new StringBuilder("<header>\n");
    html.append(Markup.fill("<h1>%s</h1>\n", Markup.escape(title)));
    if (!figure.isEmpty()) {
      html.append(
          Markup.fill(
              "<p class=\"key\"><strong>%s</strong> <span>%s</span></p>\n",
              Markup.escape(figure), Markup.escape(says)));
    }
    appendMade(html);
    appendCommand(html);
    return html.append("</header>\n").toString();
  }

  private void appendMade(StringBuilder html) {
    if (made.isEmpty()) {
      return;
    }
    html.append("<ul class=\"made\">");
    made.forEach(
        (name, value) ->
            html.append(
                Markup.fill(
                    "<li><span>%s</span> %s</li>", Markup.escape(name), Markup.escape(value))));
    html.append("</ul>\n");
  }

  private void appendCommand(StringBuilder html) {
    if (command.isEmpty()) {
      return;
    }
    html.append(
        Markup.fill(
            "<div class=\"command\"><p>Repeat it: the same images, configuration and seed give the"
                + " same bits.</p><div class=\"box\"><code id=\"command\">%s</code><button"
                + " type=\"button\" data-copies=\"command\" hidden=\"hidden\">Copy</button></div>"
                + "</div>\n",
            Markup.escape(command)));
  }
}
