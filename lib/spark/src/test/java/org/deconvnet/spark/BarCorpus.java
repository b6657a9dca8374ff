package org.deconvnet.spark;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Class folders of drawn bars: one direction a class, so that oriented filters tell them apart. */
public final class BarCorpus {
  private BarCorpus() {}

  /** Images of different sizes; the same seed draws the same pictures. */
  public static Path write(Path folder, int classes, int imagesPerClass, long seed) {
    Random random = new Random(seed);
    try {
      for (int c = 0; c < classes; c++) {
        Path kind = Files.createDirectories(folder.resolve("class" + c));
        for (int n = 0; n < imagesPerClass; n++) {
          BufferedImage image = bars(Math.PI * c / classes, 44 + 4 * (n % 3), random);
          ImageIO.write(image, "png", kind.resolve("image" + n + ".png").toFile());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private static BufferedImage bars(double angle, int width, Random random) {
    int height = 40;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(new Color(90 + random.nextInt(60), 120, 110));
    g.fillRect(0, 0, width, height);
    g.setStroke(new BasicStroke(3));
    for (int bar = 0; bar < 7; bar++) {
      g.setColor(bar % 2 == 0 ? Color.WHITE : Color.BLACK);
      double x = random.nextInt(width);
      double y = random.nextInt(height);
      int dx = (int) (9 * Math.cos(angle));
      int dy = (int) (9 * Math.sin(angle));
      g.drawLine((int) x - dx, (int) y - dy, (int) x + dx, (int) y + dy);
    }
    g.dispose();
    return image;
  }
}
