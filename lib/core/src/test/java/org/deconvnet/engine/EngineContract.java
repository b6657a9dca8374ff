package org.deconvnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine must hold to, on awkward sizes: one trilinear form, equal to the oracle. */
public abstract class EngineContract {
  /** Connectivity, image height, image width, filter side. */
  public record Case(Connectivity table, int height, int width, int side) {
    Case(int maps, int channels, int height, int width, int side, boolean full) {
      this(
          full ? Connectivity.full(maps, channels) : everySecond(maps, channels),
          height,
          width,
          side);
    }

    private static Connectivity everySecond(int maps, int channels) {
      boolean[][] table = new boolean[maps][channels];
      for (int k = 0; k < maps; k++) {
        for (int m = 0; m < channels; m++) {
          table[k][m] = (k + m) % 2 == 0 || m == 0;
        }
      }
      return Connectivity.of(table);
    }

    int maps() {
      return table.maps();
    }

    int channels() {
      return table.channels();
    }

    @Override
    public String toString() {
      return "%d of %d x %d planes, image %d x %d, filters %d"
          .formatted(table.connections(), maps(), channels(), height, width, side);
    }
  }

  protected abstract ConvolutionEngine engine();

  static Stream<Case> cases() {
    return Stream.of(
        new Case(1, 1, 1, 1, 1, true),
        new Case(1, 1, 3, 5, 3, true),
        new Case(15, 1, 20, 31, 7, true),
        new Case(15, 1, 33, 9, 7, true),
        // Maps smaller than a vector, and filters larger than the image.
        new Case(9, 1, 2, 3, 5, true),
        new Case(4, 1, 6, 5, 8, false),
        new Case(50, 5, 12, 17, 7, true),
        new Case(7, 3, 13, 40, 11, true),
        new Case(9, 3, 11, 64, 4, true),
        new Case(150, 50, 5, 3, 7, true),
        new Case(33, 240, 2, 19, 1, true),
        new Case(6, 4, 10, 23, 5, false),
        new Case(17, 5, 8, 129, 7, false),
        // One, two and five maps: fewer than a tile of four, and one more.
        new Case(1, 4, 14, 30, 7, true),
        new Case(2, 3, 21, 18, 5, true),
        new Case(5, 2, 9, 22, 3, true),
        new Case(Connectivity.singlesAndPairs(9), 13, 17, 7),
        new Case(Connectivity.singlesAndPairs(9), 40, 33, 7),
        new Case(Connectivity.singlesAndPairs(4), 3, 6, 1),
        new Case(Connectivity.randomPairs(25, 45, 3), 18, 26, 7),
        // Every channel has a map; most channels have none.
        new Case(Connectivity.randomPairs(6, 12, 5), 15, 19, 4),
        new Case(Connectivity.randomPairs(3, 30, 5), 11, 20, 5));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void threeOperationsAreOneTrilinearForm(Case c) {
    Random random = new Random(7);
    FilterBank f = filters(c, random);
    FeatureMaps r = maps(new Shape(c.channels(), c.height, c.width), random);
    FeatureMaps z = maps(f.mapShape(r.shape()), random);
    FeatureMaps image = FeatureMaps.zeros(r.shape());
    FeatureMaps back = maps(z.shape(), random);
    FilterBank gradient = filters(c, random);

    engine().synthesize(f, z, image);
    engine().adjoint(f, r, back);
    engine().filterGradient(z, r, gradient);

    double form = image.dot(r);
    double scale = Math.sqrt(image.squaredNorm() * r.squaredNorm());
    assertThat(z.dot(back)).isCloseTo(form, within(1e-5 * scale + 1e-6));
    assertThat(dot(f, gradient)).isCloseTo(form, within(1e-5 * scale + 1e-6));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheOracle(Case c) {
    Random random = new Random(11);
    FilterBank f = filters(c, random);
    FeatureMaps r = maps(new Shape(c.channels(), c.height, c.width), random);
    FeatureMaps z = maps(f.mapShape(r.shape()), random);
    ScalarConvolutionEngine oracle = new ScalarConvolutionEngine();

    FeatureMaps image = maps(r.shape(), random);
    FeatureMaps expectedImage = FeatureMaps.zeros(r.shape());
    engine().synthesize(f, z, image);
    oracle.synthesize(f, z, expectedImage);
    assertClose(image.data(), expectedImage.data(), c.maps() * c.side * c.side);

    FeatureMaps back = maps(z.shape(), random);
    FeatureMaps expectedBack = FeatureMaps.zeros(z.shape());
    engine().adjoint(f, r, back);
    oracle.adjoint(f, r, expectedBack);
    assertClose(back.data(), expectedBack.data(), c.channels() * c.side * c.side);

    FilterBank gradient = filters(c, random);
    FilterBank expectedGradient = FilterBank.zeros(f.connectivity(), c.side);
    engine().filterGradient(z, r, gradient);
    oracle.filterGradient(z, r, expectedGradient);
    assertClose(gradient.data(), expectedGradient.data(), c.height * c.width);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void entriesGiveWhatTheWholeMapsGive(Case c) {
    // Few entries, as after pooling, and all of them: an engine may choose another way for each.
    entriesGiveWhatTheWholeMapsGive(engine(), c, 9);
    entriesGiveWhatTheWholeMapsGive(engine(), c, 1);
  }

  /**
   * Banks of many sizes on one image shape, one engine for all of them, up the list and down again:
   * what an engine keeps of one bank must not serve another.
   */
  @Test
  void oneEngineServesBanksOfManySizesOnOneImage() {
    List<Case> banks =
        List.of(
            new Case(8, 3, 24, 29, 7, true),
            new Case(5, 3, 24, 29, 5, true),
            new Case(21, 3, 24, 29, 7, true),
            new Case(8, 3, 24, 29, 3, true),
            new Case(8, 3, 24, 29, 9, false),
            new Case(2, 3, 24, 29, 1, true));
    ConvolutionEngine engine = engine();
    for (int step = 0; step < 2 * banks.size(); step++) {
      Case bank = banks.get(step < banks.size() ? step : 2 * banks.size() - 1 - step);
      // So few entries that every engine works entry by entry, and all of them.
      entriesGiveWhatTheWholeMapsGive(engine, bank, 60);
      entriesGiveWhatTheWholeMapsGive(engine, bank, 1);
    }
  }

  private void entriesGiveWhatTheWholeMapsGive(ConvolutionEngine engine, Case c, int oneIn) {
    Random random = new Random(17);
    FilterBank f = filters(c, random);
    FeatureMaps r = maps(new Shape(c.channels(), c.height, c.width), random);
    Shape shape = f.mapShape(r.shape());
    int limit = Math.min(shape.size(), 1 + shape.size() / oneIn);
    int[] index = random.ints(0, shape.size()).distinct().limit(limit).sorted().toArray();
    float[] values = new float[index.length];
    FeatureMaps z = FeatureMaps.zeros(shape);
    for (int e = 0; e < index.length; e++) {
      values[e] = e % 5 == 0 ? 0 : (float) random.nextGaussian();
      z.data()[index[e]] = values[e];
    }
    ScalarConvolutionEngine oracle = new ScalarConvolutionEngine();
    FeatureMaps expected = FeatureMaps.zeros(r.shape());
    FeatureMaps image = maps(r.shape(), random);
    oracle.synthesize(f, z, expected);
    Entries entries = engine.entries(f);
    entries.setNonZeros(shape, index, values);
    engine.synthesizeEntries(f, entries, values, image);
    assertClose(image.data(), expected.data(), c.maps() * c.side * c.side);

    FeatureMaps whole = FeatureMaps.zeros(shape);
    oracle.adjoint(f, r, whole);
    float[] some = new float[index.length];
    float[] wanted = new float[index.length];
    for (int e = 0; e < index.length; e++) {
      wanted[e] = whole.data()[index[e]];
    }
    entries.set(shape, index);
    engine.adjointEntries(f, r, entries, some);
    assertClose(some, wanted, c.channels() * c.side * c.side);

    FilterBank gradient = filters(c, random);
    FilterBank expectedGradient = FilterBank.zeros(f.connectivity(), c.side);
    engine.filterGradientEntries(entries, values, r, gradient);
    oracle.filterGradient(z, r, expectedGradient);
    assertClose(gradient.data(), expectedGradient.data(), c.height * c.width);
  }

  /** Rounding grows with the square root of the number of unit-variance terms. */
  private static void assertClose(float[] got, float[] expected, int terms) {
    float tolerance = (float) (2e-6 * Math.sqrt(terms) * 4 + 1e-6);
    for (int i = 0; i < got.length; i++) {
      assertThat(got[i]).as("entry %d", i).isCloseTo(expected[i], within(tolerance));
    }
  }

  public static FeatureMaps maps(Shape shape, Random random) {
    FeatureMaps maps = FeatureMaps.zeros(shape);
    for (int i = 0; i < maps.data().length; i++) {
      maps.data()[i] = (float) random.nextGaussian();
    }
    return maps;
  }

  private static FilterBank filters(Case c, Random random) {
    FilterBank f = FilterBank.zeros(c.table, c.side);
    for (int k = 0; k < c.maps(); k++) {
      for (int m = 0; m < c.channels(); m++) {
        for (int i = 0; i < c.side * c.side && c.table.connects(k, m); i++) {
          f.data()[f.offset(k, m) + i] = (float) random.nextGaussian();
        }
      }
    }
    return f;
  }

  private static double dot(FilterBank a, FilterBank b) {
    double sum = 0;
    for (int i = 0; i < a.data().length; i++) {
      sum += (double) a.data()[i] * b.data()[i];
    }
    return sum;
  }
}
