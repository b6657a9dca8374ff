package org.deconvnet.spark;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Drawn scenes with labels: ground (class 0), a bright disc (class 1), a dark bar (class 2). */
public final class LabelledBars {
  public static final int HEIGHT = 24;
  public static final int WIDTH = 32;

  /** What the corner of every image is labelled as: no class. */
  public static final int VOID = 9;

  private LabelledBars() {}

  /** {@code images/sceneN.png} and {@code labels/sceneN.png}; the same seed draws the same. */
  public static Path write(Path folder, int images, long seed) {
    Random random = new Random(seed);
    try {
      Files.createDirectories(folder.resolve("images"));
      Files.createDirectories(folder.resolve("labels"));
      for (int n = 0; n < images; n++) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        BufferedImage labels = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        draw(image, labels, random);
        labels(folder, "scene" + n, labels);
        ImageIO.write(image, "png", folder.resolve("images/scene" + n + ".png").toFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  public static void labels(Path folder, String name, BufferedImage labels) throws IOException {
    ImageIO.write(labels, "png", folder.resolve("labels/" + name + ".png").toFile());
  }

  private static void draw(BufferedImage image, BufferedImage labels, Random random) {
    int x = random.nextInt(WIDTH - 10);
    int y = random.nextInt(HEIGHT - 10);
    int bar = random.nextInt(WIDTH - 4);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(100 + random.nextInt(20), 120, 110));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setColor(Color.WHITE);
    g.fillOval(x, y, 10, 10);
    g.setColor(Color.BLACK);
    g.fillRect(bar, 0, 4, HEIGHT);
    g.dispose();
    for (int row = 0; row < HEIGHT; row++) {
      for (int column = 0; column < WIDTH; column++) {
        int red = image.getRGB(column, row) >> 16 & 0xFF;
        int label = red > 200 ? 1 : red < 50 ? 2 : 0;
        labels.getRaster().setSample(column, row, 0, row + column == 0 ? VOID : label);
      }
    }
  }
}
