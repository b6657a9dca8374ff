package org.deconvnet.notebook;

import java.awt.image.BufferedImage;
import java.util.Base64;
import org.apache.spark.sql.Dataset;
import org.deconvnet.page.ConfusionMatrixChart;
import org.deconvnet.view.PngWriter;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;

/** How values of cells look: pictures as pictures, a DataFrame's first rows as a table. */
final class Views {
  private static final String TEXT = "text/plain";
  private static final String PNG = "image/png";
  private static final String SVG = "image/svg+xml";
  private static final String HTML = "text/html";

  private Views() {}

  /** Teaches a kernel's renderer these views. */
  static void register(Renderer renderer) {
    renderer
        .createRegistration(BufferedImage.class)
        .preferring(PNG)
        .supporting(TEXT)
        .register(Views::picture);
    renderer
        .createRegistration(ConfusionMatrixChart.class)
        .preferring(SVG)
        .supporting(TEXT)
        .register(Views::chart);
    renderer
        .createRegistration(Dataset.class)
        .preferring(HTML)
        .supporting(TEXT)
        .register(Views::table);
  }

  private static void picture(BufferedImage picture, RenderContext context) {
    DisplayData out = context.getOutputContainer();
    out.putData(PNG, Base64.getEncoder().encodeToString(PngWriter.encode(picture)));
    out.putText("picture, %d × %d".formatted(picture.getWidth(), picture.getHeight()));
  }

  private static void chart(ConfusionMatrixChart chart, RenderContext context) {
    context.getOutputContainer().putSVG(chart.toSvg());
    context.getOutputContainer().putText("confusion matrix");
  }

  private static void table(Dataset<?> rows, RenderContext context) {
    RowTable table = RowTable.of(rows);
    context.getOutputContainer().putHTML(table.html());
    context.getOutputContainer().putText(table.text());
  }
}
