package org.deconvnet.spark.run;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.gradient.adversarial.Noise;
import org.deconvnet.network.gradient.adversarial.Painter;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.store.GeneratorFolder;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.view.MapPicture;
import org.deconvnet.view.PictureStrip;
import org.deconvnet.view.PngWriter;
import org.deconvnet.words.Count;

/** Images that a trained generator draws. They are drawn on the driver: a second for thousands. */
public final class SamplingRun {
  /** Images of a run. */
  public static final int MOST = 100_000;

  /** Pairs of a run. */
  public static final int MOST_ROWS = 100;

  /** Images of a row. */
  public static final int MOST_COLUMNS = 100;

  /** Images of the picture that shows many. */
  private static final int SHOWN = 256;

  private static final int AT_A_TIME = 256;
  private static final String ALL = "samples.png";

  private final SparkSession spark;
  private final PrintStream terminal;
  private final boolean overwrite;

  public SamplingRun(SparkSession spark, PrintStream terminal, boolean overwrite) {
    this.spark = spark;
    this.terminal = terminal;
    this.overwrite = overwrite;
  }

  /**
   * Draws images of the first z, a file each, {@code samples/000000.png} and on, and one picture of
   * the first {@value #SHOWN}.
   *
   * @param seed of the z
   */
  public void sample(String model, String out, int images, long seed) {
    SeparateFolders.requireKept(spark, out, model);
    GeneratorFolder folder = GeneratorFolder.read(spark, model);
    Painter painter = painter(folder);
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    List<FeatureMaps> shown = new ArrayList<>();
    for (int from = 0; from < images; from += AT_A_TIME) {
      List<FeatureMaps> z = new ArrayList<>();
      for (int number = from; number < Math.min(images, from + AT_A_TIME); number++) {
        z.add(Noise.ofImage(folder.options().z(), seed, number));
      }
      List<FeatureMaps> some = painter.paint(z);
      for (int i = 0; i < some.size(); i++) {
        write(output, name("samples", from + i), MapPicture.pixels(some.get(i)));
      }
      shown.addAll(some.subList(0, Math.min(some.size(), SHOWN - shown.size())));
    }
    int columns = (int) Math.ceil(Math.sqrt(shown.size()));
    finish(folder, seed, images, shown, columns, output, Count.of(images, "image"));
  }

  /**
   * Draws the way from one image to another, a row a pair.
   *
   * @param columns images of a row, both ends included
   * @param seed of the z at the ends
   */
  public void interpolate(String model, String out, int rows, int columns, long seed) {
    SeparateFolders.requireKept(spark, out, model);
    GeneratorFolder folder = GeneratorFolder.read(spark, model);
    Painter painter = painter(folder);
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    Shape z = folder.options().z();
    List<FeatureMaps> shown = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      FeatureMaps from = Noise.ofImage(z, seed, 2 * row);
      FeatureMaps to = Noise.ofImage(z, seed, 2 * row + 1);
      List<FeatureMaps> way = painter.paint(Noise.between(from, to, columns));
      write(output, name("rows", row), PictureStrip.draw(way, 1));
      if (shown.isEmpty() || shown.size() + columns <= SHOWN) {
        shown.addAll(way);
      }
    }
    finish(folder, seed, rows * columns, shown, columns, output, Count.of(rows, "row"));
  }

  private static String name(String kind, int number) {
    return String.format(Locale.ROOT, "%s/%06d.png", kind, number);
  }

  private static Painter painter(GeneratorFolder folder) {
    String engine = ConvolutionEngines.resolve(ConvolutionEngines.AUTO);
    return new Painter(folder.weights().generator(), ConvolutionEngines.create(engine).kernels());
  }

  private void finish(
      GeneratorFolder folder,
      long seed,
      int images,
      List<FeatureMaps> shown,
      int columns,
      OutputFolder output,
      String what) {
    write(output, ALL, PictureStrip.rows(shown, columns, 1));
    output.write(
        "metrics.json",
        new Metrics()
            .put("fingerprint", folder.weights().fingerprint())
            .put("seed", seed)
            .put("images", images)
            .toJson());
    output.complete();
    terminal.println("%s by the generator of %s".formatted(what, folder.origin()));
    terminal.println(
        "picture of %s: %s"
            .formatted(
                shown.size() < images ? "the first " + shown.size() : "all", output.display(ALL)));
  }

  private static void write(OutputFolder output, String name, BufferedImage picture) {
    try (OutputStream out = output.create(name)) {
      out.write(PngWriter.encode(picture));
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(output.path(name), e.getMessage()), e);
    }
  }
}
