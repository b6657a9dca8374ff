package org.deconvnet.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * A first run of an engine in this JVM, beside the plain one: are its values right, and does the
 * JVM accelerate it at all? Vector code depends on how the JVM compiles it, which only a run can
 * tell. Takes a fraction of a second where all is well. Not thread-safe.
 *
 * <p>Which engine a run takes decides its bits, so other programs on the machine may not sway it:
 * time is this thread's own on a processor, an engine that still gets faster is waited for, and the
 * bar is far from both sides. An engine whose vectors become machine instructions takes 0.05 times
 * the plain one's time; one whose vectors do not, 1.8 times, and without the last compiler 5 times
 * (JDK 17, AVX-512).
 */
final class EngineTrial {
  private static final double RELATIVE_ERROR = 1e-4;
  private static final int ONE_IN = 9;

  /** An engine still gets faster where a time is this much of the best one of a while ago. */
  private static final double BETTER = 0.9;

  /** Rounds of the plain engine before the first comparison. */
  private static final int WARM_UP = 20;

  /** Time that the candidate works without getting faster before it counts as compiled. */
  private static final long SETTLED_NANOS = 5_000_000_000L;

  /** Of the matrix product, with columns left over whatever the vectors' width. */
  private static final int PRODUCT_ROWS = 23;

  private static final int PRODUCT_DEPTH = 48;
  private static final int COLUMNS = 43;

  private final ConvolutionEngine candidate;
  private final ConvolutionEngine plain;
  private final LongSupplier clock;
  private final FilterBank f;
  private final FeatureMaps r;
  private final FeatureMaps z;
  private final int[] places;
  private final float[] values;
  private final float[] sizes;
  private final int[] tableRows;

  EngineTrial(ConvolutionEngine candidate) {
    this(candidate, new ScalarConvolutionEngine(), EngineTrial::workedNanos);
  }

  /**
   * @param clock nanoseconds that this thread has worked
   */
  EngineTrial(ConvolutionEngine candidate, ConvolutionEngine plain, LongSupplier clock) {
    this.candidate = candidate;
    this.plain = plain;
    this.clock = clock;
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
    float[][] got;
    try {
      got = operations(candidate);
    } catch (RuntimeException e) {
      return Optional.of("it fails with " + e);
    }
    return difference(got, operations(plain));
  }

  private static Optional<String> difference(float[][] got, float[][] expected) {
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

  /** Nanoseconds that this thread has spent on a processor; where none says, those on the wall. */
  private static long workedNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long worked =
        threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : -1;
    return worked < 0 ? System.nanoTime() : worked;
  }

  /**
   * By how much the candidate stays behind the plain engine once it is compiled, or empty. The two
   * work in turns, and the best time of each counts.
   */
  Optional<String> tooSlow() {
    Best ofPlain = new Best();
    for (int i = 0; i < WARM_UP; i++) {
      ofPlain.take(nanos(plain));
    }
    Best ofCandidate = new Best();
    do {
      ofCandidate.take(nanos(candidate));
      ofPlain.take(nanos(plain));
      // Equal where the clock is too coarse to tell: then values alone decide.
      if (ofCandidate.nanos <= ofPlain.nanos) {
        return Optional.empty();
      }
    } while (ofCandidate.settledFor < SETTLED_NANOS);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "it takes %.1f times as long as the plain engine in this JVM",
            ofCandidate.nanos / ofPlain.nanos));
  }

  /** The best time so far, and how long an engine has worked since it last got faster. */
  private static final class Best {
    private double nanos = Double.POSITIVE_INFINITY;
    private double toBeat = Double.POSITIVE_INFINITY;
    private double settledFor;

    void take(double took) {
      nanos = Math.min(nanos, took);
      settledFor += took;
      if (took < BETTER * toBeat) {
        toBeat = took;
        settledFor = 0;
      }
    }
  }

  private double nanos(ConvolutionEngine engine) {
    long start = clock.getAsLong();
    operations(engine);
    return clock.getAsLong() - start;
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
    ArrayKernels kernels = engine.kernels();
    float[] product = new float[PRODUCT_ROWS * COLUMNS];
    kernels.product(f.data(), PRODUCT_ROWS, PRODUCT_DEPTH, sizes, COLUMNS, product);
    float[] products = new float[COLUMNS];
    float[] minima = new float[COLUMNS];
    kernels.addProducts(sizes, tableRows, sizes, 0, tableRows.length, 0, products);
    kernels.addMinima(sizes, tableRows, sizes, 0, tableRows.length, 0, minima);
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
