package org.deconvnet.operator.cnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.operator.Switches;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoolingTest {
  record Case(PoolWindows windows, Shape input) {}

  static Stream<Case> cases() {
    return IntStream.range(0, 60).mapToObj(seed -> drawn(new Random(seed)));
  }

  private static Case drawn(Random random) {
    AxisGeometry rows = axis(random);
    AxisGeometry columns = axis(random);
    PoolWindows windows = new PoolWindows(rows, columns, random.nextBoolean());
    Shape input =
        new Shape(
            1 + random.nextInt(3),
            rows.extent() + random.nextInt(9),
            columns.extent() + random.nextInt(9));
    return new Case(windows, input);
  }

  private static AxisGeometry axis(Random random) {
    int taps = 1 + random.nextInt(4);
    int dilation = random.nextInt(3) == 0 ? 2 : 1;
    int most = dilation * (taps - 1);
    return new AxisGeometry(
        taps, 1 + random.nextInt(3), random.nextInt(most + 1), random.nextInt(most + 1), dilation);
  }

  private static FeatureMaps row(float... numbers) {
    return FeatureMaps.of(new Shape(1, 1, numbers.length), numbers);
  }

  private static PoolWindows across(AxisGeometry columns, boolean roundUp) {
    return new PoolWindows(AxisGeometry.of(1), columns, roundUp);
  }

  @Test
  void windowsThatOverlapMayChooseOnePlaceAndThereUnpoolingAdds() {
    FeatureMaps x = row(1, 2, 9, 3, 4, -5, -6);
    MaxPooling pooling = new MaxPooling(across(AxisGeometry.of(3, 2, 0), false), x.shape());
    FeatureMaps values = FeatureMaps.zeros(pooling.pooled());
    Switches switches = Switches.allocate(pooling.pooled(), x.shape());
    pooling.pool(x, values, switches);
    assertThat(values.data()).containsExactly(9, 9, 4);
    assertThat(switches.index()).containsExactly(2, 2, 4);

    FeatureMaps back = FeatureMaps.zeros(x.shape());
    switches.unpoolSum(row(1, 10, 100), back);
    assertThat(back.data()).containsExactly(0, 0, 11, 0, 100, 0, 0);
  }

  @Test
  void paddingNeverWinsTiesGoToTheFirstAndNotANumberBeatsAll() {
    assertThat(winners(row(-3, -1, -1, -2))).containsExactly(1, 1, 3);
    assertThat(winners(row(5, Float.NaN, 7, Float.NEGATIVE_INFINITY))).containsExactly(1, 1, 3);
  }

  private static int[] winners(FeatureMaps x) {
    PoolWindows windows = across(new AxisGeometry(3, 2, 1, 2, 1), false);
    MaxPooling pooling = new MaxPooling(windows, x.shape());
    Switches switches = Switches.allocate(pooling.pooled(), x.shape());
    pooling.pool(x, FeatureMaps.zeros(pooling.pooled()), switches);
    return switches.index();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void switchesPointAtTheLargestOfEachWindow(Case c) {
    FeatureMaps x = EngineContract.maps(c.input, new Random(3));
    MaxPooling pooling = new MaxPooling(c.windows, c.input);
    FeatureMaps values = FeatureMaps.zeros(pooling.pooled());
    Switches switches = Switches.allocate(pooling.pooled(), c.input);
    pooling.pool(x, values, switches);
    FeatureMaps read = FeatureMaps.zeros(pooling.pooled());
    switches.gather(x, read);
    assertThat(read.data()).containsExactly(values.data());
    int at = 0;
    for (int k = 0; k < c.input.maps(); k++) {
      for (int y = 0; y < values.height(); y++) {
        for (int column = 0; column < values.width(); column++, at++) {
          float[] window = window(c, x, k, y, column);
          float largest = Float.NEGATIVE_INFINITY;
          for (float v : window) {
            largest = Math.max(largest, v);
          }
          assertThat(values.data()[at]).isEqualTo(largest);
        }
      }
    }
  }

  /** The numbers of a window that lie in the map. */
  private static float[] window(Case c, FeatureMaps x, int map, int y, int column) {
    AxisGeometry rows = c.windows.rows();
    AxisGeometry columns = c.windows.columns();
    float[] numbers = new float[rows.taps() * columns.taps()];
    int count = 0;
    for (int i = 0; i < rows.taps(); i++) {
      for (int j = 0; j < columns.taps(); j++) {
        int row = rows.stride() * y + rows.dilation() * i - rows.before();
        int place = columns.stride() * column + columns.dilation() * j - columns.before();
        if (row >= 0 && row < x.height() && place >= 0 && place < x.width()) {
          numbers[count++] = x.get(map, row, place);
        }
      }
    }
    return Arrays.copyOf(numbers, count);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void meansAreOverWhatAWindowHolds(Case c) {
    FeatureMaps x = EngineContract.maps(c.input, new Random(3));
    AveragePooling pooling = new AveragePooling(c.windows, c.input, false);
    FeatureMaps means = FeatureMaps.zeros(pooling.range());
    pooling.apply(x, means);
    for (int y = 0; y < means.height(); y++) {
      for (int column = 0; column < means.width(); column++) {
        float[] window = window(c, x, 0, y, column);
        double sum = 0;
        for (float v : window) {
          sum += v;
        }
        double mean = sum / window.length;
        assertThat((double) means.get(0, y, column)).isCloseTo(mean, within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void averagingAndUnpoolingHaveTheirAdjoints(Case c) {
    Random random = new Random(5);
    for (boolean countPadding : new boolean[] {false, true}) {
      AveragePooling pooling = new AveragePooling(c.windows, c.input, countPadding);
      FeatureMaps x = EngineContract.maps(c.input, random);
      FeatureMaps y = EngineContract.maps(pooling.range(), random);
      FeatureMaps means = FeatureMaps.zeros(pooling.range());
      FeatureMaps spread = EngineContract.maps(c.input, random);
      pooling.apply(x, means);
      pooling.adjoint(y, spread);
      double scale = Math.sqrt(means.squaredNorm() * y.squaredNorm());
      assertThat(x.dot(spread)).isCloseTo(means.dot(y), within(1e-6 * scale));

      MaxPooling max = new MaxPooling(c.windows, c.input);
      Switches switches = Switches.allocate(max.pooled(), c.input);
      max.pool(x, means, switches);
      switches.unpoolSum(y, spread);
      assertThat(x.dot(spread)).isCloseTo(means.dot(y), within(1e-6 * (scale + y.squaredNorm())));
    }
  }

  @Test
  void paddingCountsWhereAskedAndWhatHangsOverItNever() {
    // Windows at −1, 1, 3; the last one hangs over the padding by one.
    PoolWindows windows = across(new AxisGeometry(3, 2, 1, 1, 1), true);
    FeatureMaps x = row(6, 12, 18, 24);
    assertThat(means(new AveragePooling(windows, x.shape(), false), x)).containsExactly(9, 18, 24);
    assertThat(means(new AveragePooling(windows, x.shape(), true), x)).containsExactly(6, 18, 12);
  }

  private static float[] means(AveragePooling pooling, FeatureMaps x) {
    FeatureMaps means = FeatureMaps.zeros(pooling.range());
    pooling.apply(x, means);
    return means.data();
  }

  @Test
  void globalAveragingLeavesOneNumberAMap() {
    FeatureMaps x = FeatureMaps.of(new Shape(2, 2, 2), new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    AveragePooling pooling = AveragePooling.global(x.shape());
    assertThat(pooling.range()).isEqualTo(new Shape(2, 1, 1));
    assertThat(means(pooling, x)).containsExactly(2.5f, 6.5f);
    FeatureMaps spread = FeatureMaps.zeros(x.shape());
    pooling.adjoint(FeatureMaps.of(pooling.range(), new float[] {4, 8}), spread);
    assertThat(spread.data()).containsExactly(1, 1, 1, 1, 2, 2, 2, 2);
  }

  @Test
  void aWindowOfPaddingAloneIsNamed() {
    PoolWindows windows = PoolWindows.square(AxisGeometry.of(2, 1, 2));
    assertThatThrownBy(() -> new MaxPooling(windows, new Shape(1, 4, 4)))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("got only padding in window 0 of 2 taps, stride 1, padding 2 and 2");
    PoolWindows large = PoolWindows.square(AxisGeometry.of(5));
    assertThatThrownBy(() -> new AveragePooling(large, new Shape(1, 4, 9), false))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("expected at least the 5");
  }
}
