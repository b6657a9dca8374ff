package org.deconvnet.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.page.ConfusionMatrixChart;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private final Renderer renderer = new Renderer();

  ViewsTest() {
    Views.register(renderer);
  }

  private String shown(Object value, String type) {
    DisplayData data = renderer.render(value);
    return String.valueOf(data.getData(MIMEType.parse(type)));
  }

  @Test
  void aPictureIsAPng() throws IOException {
    BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(2, 1, 0x123456);
    byte[] png = Base64.getDecoder().decode(shown(picture, "image/png"));
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getRGB(2, 1) & 0xffffff)
        .isEqualTo(0x123456);
  }

  @Test
  void aConfusionMatrixIsADrawing() {
    ConfusionMatrixChart chart =
        new ConfusionMatrixChart(new int[][] {{2, 1}, {0, 3}}, List.of("cats", "dogs"));
    assertThat(shown(chart, "image/svg+xml")).contains("cats taken for dogs: 1");
  }

  @Test
  void aDataFrameIsATableOfItsFirstRows() throws IOException {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "localhost")
            .getOrCreate()) {
      String html =
          shown(spark.range(12).selectExpr("id", "'<b>' as text", "1 / 3D as third"), "text/html");
      assertThat(html)
          .contains("<th>id</th><th>text</th><th>third</th>")
          .contains("<td>9</td><td>&lt;b&gt;</td><td>0.3333</td>")
          .doesNotContain("<td>10</td>")
          .contains("and more rows");
      assertThat(shown(spark.range(10), "text/html")).doesNotContain("more rows");
    }
  }
}
