package org.deconvnet.conv;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * A first run of an engine in this JVM, beside the plain one: are its values right, and is it the
 * faster one? Vector code depends on how the JVM happens to compile it, which only a run can tell.
 * Takes a fraction of a second where all is well. Not thread-safe.
 */
final class EngineTrial {
  private static final double RELATIVE_ERROR = 1e-4;
  private static final long PATIENCE_NANOS = 3_000_000_000L;
  private static final int ROUNDS = 20;
  private static final int ONE_IN = 9;

  /** Of the matrix product, with columns left over whatever the vectors' width. */
  private static final int PRODUCT_ROWS = 23;

  private static final int PRODUCT_DEPTH = 48;
  private static final int COLUMNS = 43;

  private final ConvolutionEngine candidate;
  private final ConvolutionEngine plain = new ScalarConvolutionEngine();
  private final FilterBank f;
  private final FeatureMaps r;
  private final FeatureMaps z;
  private final int[] places;
  private final float[] values;
  private final float[] sizes;
  private final int[] tableRows;

  EngineTrial(ConvolutionEngine candidate) {
    this.candidate = candidate;
    Random random = new Random(1);
    f = FilterBank.zeros(Connectivity.full(8, 3), 7);
    r = FeatureMaps.zeros(new Shape(3, 24, 29));
    z = FeatureMaps.zeros(f.mapShape(r.shape()));
    for (float[] data : new float[][] {f.data(), r.data(), z.data()}) {
      fill(data, random);
    }
    places = random.ints(0, z.data().length).distinct().limit(z.data().length / ONE_IN).toArray();
    Arrays.sort(places);
    values = new float[places.length];
    fill(values, random);
    sizes = r.data().clone();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(sizes[i]);
    }
    tableRows = IntStream.range(0, sizes.length / COLUMNS).filter(row -> row % 3 != 1).toArray();
  }

  private static void fill(float[] data, Random random) {
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) random.nextGaussian();
    }
  }

  /** What is wrong with the candidate's values, or empty. */
  Optional<String> wrongValues() {
    float[][] got = operations(candidate);
    float[][] expected = operations(plain);
    for (int i = 0; i < got.length; i++) {
      double error =
          distance(got[i], expected[i]) / distance(new float[got[i].length], expected[i]);
      // Written so that not a number is wrong, too.
      if (!(error < RELATIVE_ERROR)) {
        return Optional.of(
            "%s is off by %.1e, relative, from the plain engine"
                .formatted(Operation.values()[i], error));
      }
    }
    return Optional.empty();
  }

  /** By how much the candidate stays behind the plain engine however long it warms up, or empty. */
  Optional<String> tooSlow() {
    double expected = secondsOfPlain();
    long start = System.nanoTime();
    double best = Double.POSITIVE_INFINITY;
    while (System.nanoTime() - start < PATIENCE_NANOS) {
      best = Math.min(best, seconds(candidate));
      if (best < expected) {
        return Optional.empty();
      }
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "it takes %.1f times as long as the plain engine in this JVM",
            best / expected));
  }

  private double secondsOfPlain() {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < ROUNDS; i++) {
      best = Math.min(best, seconds(plain));
    }
    return best;
  }

  private double seconds(ConvolutionEngine engine) {
    long start = System.nanoTime();
    operations(engine);
    return (System.nanoTime() - start) / 1e9;
  }

  /** What {@link #operations} returns, in order. */
  private enum Operation {
    SYNTHESIZE,
    ADJOINT,
    FILTER_GRADIENT,
    SYNTHESIZE_ENTRIES,
    ADJOINT_ENTRIES,
    FILTER_GRADIENT_ENTRIES,
    PRODUCT,
    ADD_PRODUCTS,
    ADD_MINIMA
  }

  private float[][] operations(ConvolutionEngine engine) {
    FeatureMaps image = FeatureMaps.zeros(r.shape());
    FeatureMaps maps = FeatureMaps.zeros(z.shape());
    FilterBank gradient = FilterBank.zeros(f.connectivity(), f.side());
    FeatureMaps fromEntries = FeatureMaps.zeros(r.shape());
    float[] atEntries = new float[values.length];
    FilterBank gradientOfEntries = FilterBank.zeros(f.connectivity(), f.side());
    engine.synthesize(f, z, image);
    engine.adjoint(f, r, maps);
    engine.filterGradient(z, r, gradient);
    Entries entries = engine.entries(f);
    entries.set(z.shape(), places);
    engine.synthesizeEntries(f, entries, values, fromEntries);
    engine.adjointEntries(f, r, entries, atEntries);
    engine.filterGradientEntries(entries, values, r, gradientOfEntries);
    float[] product = new float[PRODUCT_ROWS * COLUMNS];
    engine.product(f.data(), PRODUCT_ROWS, PRODUCT_DEPTH, sizes, COLUMNS, product);
    float[] products = new float[COLUMNS];
    float[] minima = new float[COLUMNS];
    engine.addProducts(sizes, tableRows, sizes, 0, tableRows.length, 0, products);
    engine.addMinima(sizes, tableRows, sizes, 0, tableRows.length, 0, minima);
    return new float[][] {
      image.data(),
      maps.data(),
      gradient.data(),
      fromEntries.data(),
      atEntries,
      gradientOfEntries.data(),
      product,
      products,
      minima
    };
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double d = (double) a[i] - b[i];
      sum += d * d;
    }
    return Math.sqrt(sum);
  }
}
