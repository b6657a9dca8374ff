import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.operator.Boundary;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.solve.greedy.TileProgress;
import org.deconvnet.solve.greedy.TiledCode;
import org.deconvnet.solve.greedy.TiledProblem;
import org.deconvnet.solve.greedy.Tiling;
import org.deconvnet.spark.exec.TiledEncoding;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * Codes one large image in tiles and says how long it took, how much memory, and how good the code
 * is. The image is a mosaic of photographs, each less the mean of 9 x 9 pixels around a pixel and
 * mirrored until it fills 500 x 500 pixels; the 25 atoms are windows of 8 x 8 pixels of them. Run
 * by {@code measure}.
 */
final class TiledEncodingTrial {
  private static final int PHOTOGRAPHS = 40;
  private static final int CELL = 500;
  private static final int MAPS = 25;
  private static final int FILTER = 8;
  private static final double LEAST_SQUARED_NORM = 0.2;

  private TiledEncodingTrial() {}

  /** FOLDER of photographs, SIDE of the image in pixels, WORKERS in this JVM, LAMBDA. */
  public static void main(String[] arguments) throws IOException {
    List<FeatureMaps> photographs = photographs(Path.of(arguments[0]));
    int side = Integer.parseInt(arguments[1]);
    int workers = Integer.parseInt(arguments[2]);
    double lambda = Double.parseDouble(arguments[3]);
    FeatureMaps image = mosaic(side, photographs);
    Tiling tiling = Tiling.ofSide(Boundary.FULL, FILTER, image.shape(), Tiling.SIDE);
    TiledProblem problem =
        new TiledProblem(
            atoms(photographs),
            WeightedL1.alike(MAPS, lambda),
            DescentOptions.DEFAULT,
            tiling);
    SparkConf conf =
        new SparkConf()
            .setMaster("local[" + workers + "]")
            .setAppName("tiled encoding")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.driver.host", "localhost");
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      long start = System.nanoTime();
      TiledEncoding encoding = new TiledEncoding(context, problem, 4 * workers, "auto");
      TiledCode code = encoding.encode(image, round -> print(round, start));
      print(code, side, workers, seconds(start));
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void print(TileProgress round, long start) {
    System.out.printf(
        "%7.1f s  round %d  level %.4f  tiles %d  changes %,d%n",
        seconds(start), round.round(), round.level(), round.tiles(), round.changes());
  }

  private static void print(TiledCode code, int side, int workers, double seconds)
      throws IOException {
    System.out.printf(
        "%d x %d pixels, %d atoms of %d x %d, %d tiles, %d workers: %.1f s, %.1f s of processor time, peak %s%n",
        side,
        side,
        MAPS,
        FILTER,
        FILTER,
        code.tiling().count(),
        workers,
        seconds,
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3,
        peak());
    System.out.printf(
        "objective %.3f, gap %.3f, largest move %.6f, settled %s, %,d changes, %,d entries%n",
        code.trace().objective(),
        code.certificate().gap(),
        code.certificate().largestMove(),
        code.certificate().settled(),
        code.certificate().changes(),
        code.trace().nonZeros());
  }

  /** The most memory that this process has held, where the system tells. */
  private static String peak() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "unknown";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.substring("VmHWM:".length()).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static List<FeatureMaps> photographs(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
      List<FeatureMaps> some = new ArrayList<>();
      for (int i = 0; i < PHOTOGRAPHS; i++) {
        some.add(lessMean(grey(all.get(i * all.size() / PHOTOGRAPHS))));
      }
      return some;
    }
  }

  private static FeatureMaps grey(Path file) {
    try {
      BufferedImage photograph = ImageIO.read(file.toFile());
      Shape shape = new Shape(1, photograph.getHeight(), photograph.getWidth());
      FeatureMaps grey = FeatureMaps.zeros(shape);
      for (int r = 0; r < shape.height(); r++) {
        for (int c = 0; c < shape.width(); c++) {
          int rgb = photograph.getRGB(c, r);
          float sum = 0.299f * (rgb >> 16 & 255) + 0.587f * (rgb >> 8 & 255) + 0.114f * (rgb & 255);
          grey.set(0, r, c, sum / 255);
        }
      }
      return grey;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FeatureMaps lessMean(FeatureMaps grey) {
    int reach = 4;
    FeatureMaps rest = FeatureMaps.zeros(grey.shape());
    for (int r = 0; r < grey.height(); r++) {
      for (int c = 0; c < grey.width(); c++) {
        float sum = 0;
        for (int i = -reach; i <= reach; i++) {
          for (int j = -reach; j <= reach; j++) {
            sum += grey.get(0, mirrored(r + i, grey.height()), mirrored(c + j, grey.width()));
          }
        }
        rest.set(0, r, c, grey.get(0, r, c) - sum / 81);
      }
    }
    return rest;
  }

  private static int mirrored(int at, int count) {
    int turn = Math.floorMod(at, 2 * count);
    return turn < count ? turn : 2 * count - 1 - turn;
  }

  private static FeatureMaps mosaic(int side, List<FeatureMaps> photographs) {
    FeatureMaps mosaic = FeatureMaps.zeros(new Shape(1, side, side));
    int cells = (side + CELL - 1) / CELL;
    for (int r = 0; r < side; r++) {
      for (int c = 0; c < side; c++) {
        FeatureMaps one = photographs.get((r / CELL * cells + c / CELL) % photographs.size());
        int row = mirrored(r % CELL, one.height());
        mosaic.set(0, r, c, one.get(0, row, mirrored(c % CELL, one.width())));
      }
    }
    return mosaic;
  }

  private static FilterBank atoms(List<FeatureMaps> photographs) {
    Random random = new Random(1);
    FilterBank atoms = FilterBank.zeros(Connectivity.full(MAPS, 1), FILTER);
    int kept = 0;
    while (kept < MAPS) {
      FeatureMaps one = photographs.get(random.nextInt(photographs.size()));
      int row = random.nextInt(one.height() - FILTER);
      int column = random.nextInt(one.width() - FILTER);
      for (int t = 0; t < FILTER * FILTER; t++) {
        float pixel = one.get(0, row + t / FILTER, column + t % FILTER);
        atoms.data()[atoms.offset(kept, 0) + t] = pixel;
      }
      double norm = atoms.norm(kept);
      if (norm * norm >= LEAST_SQUARED_NORM) {
        for (int t = 0; t < FILTER * FILTER; t++) {
          atoms.data()[atoms.offset(kept, 0) + t] /= (float) norm;
        }
        kept++;
      }
    }
    return atoms;
  }
}
