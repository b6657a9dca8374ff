package org.deconvnet.network.cnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;

/** A square slides over images of which a network without weights says what is seen. */
class OcclusionTest {
  private static final Shape IMAGE = new Shape(1, 7, 9);
  private static final int ROW = 2;
  private static final int COLUMN = 5;
  private static final float BRIGHT = 4;

  /** Of each image: map 0 is the image, map 1 its negative; the scores are its sum and ln 3. */
  private static final class Seen implements ForwardPass {
    private int largestBatch;

    @Override
    public List<ForwardRecord> run(List<FeatureMaps> inputs) {
      largestBatch = Math.max(largestBatch, inputs.size());
      return inputs.stream().map(Seen::of).toList();
    }

    private static ForwardRecord of(FeatureMaps image) {
      FeatureMaps layer = FeatureMaps.zeros(image.shape().withMaps(2));
      float sum = 0;
      for (int i = 0; i < image.data().length; i++) {
        layer.data()[i] = image.data()[i];
        layer.data()[image.data().length + i] = -image.data()[i];
        sum += image.data()[i];
      }
      FeatureMaps scores =
          FeatureMaps.of(new Shape(2, 1, 1), new float[] {sum, (float) Math.log(3)});
      return new ForwardRecord(Map.of("layer", layer, "scores", scores), Map.of());
    }

    @Override
    public void close() {}
  }

  private static FeatureMaps onePixel() {
    FeatureMaps image = FeatureMaps.zeros(IMAGE);
    image.set(0, ROW, COLUMN, BRIGHT);
    return image;
  }

  private static FeatureMaps grey(float value) {
    return FeatureMaps.of(new Shape(1, 1, 1), new float[] {value});
  }

  private static OcclusionGrid grid(int size, int step) {
    return new OcclusionGrid(new OcclusionOptions(size, step), IMAGE);
  }

  private static OcclusionMaps occluded(OcclusionGrid grid, OptionalInt map, OptionalInt label) {
    return new Occlusion(new Seen(), "layer", new ClassScores("scores", 2, false), grid, grey(0))
        .of(onePixel(), map, label);
  }

  @Test
  void theActivityGoesExactlyWhereTheSquareCoversTheOnlyBrightPixel() {
    OcclusionGrid grid = grid(3, 1);
    assertThat(grid.places()).isEqualTo(5 * 7);
    OcclusionMaps maps = occluded(grid, OptionalInt.empty(), OptionalInt.empty());
    assertThat(maps.map()).isZero();
    assertThat(maps.activity()).isEqualTo(BRIGHT);
    for (int place = 0; place < grid.places(); place++) {
      assertThat(maps.activities()[place]).isEqualTo(covers(grid, place, 3) ? 0 : BRIGHT);
    }
    assertThat(IntStream.range(0, grid.places()).filter(p -> covers(grid, p, 3))).hasSize(9);
  }

  private static boolean covers(OcclusionGrid grid, int place, int size) {
    int y = ROW - grid.top(place);
    int x = COLUMN - grid.left(place);
    return y >= 0 && y < size && x >= 0 && x < size;
  }

  @Test
  void theProbabilityIsTheSoftmaxOfWhatIsLeft() {
    OcclusionGrid grid = grid(3, 1);
    OcclusionMaps maps = occluded(grid, OptionalInt.empty(), OptionalInt.empty());
    double whole = Math.exp(BRIGHT) / (Math.exp(BRIGHT) + 3);
    assertThat(maps.predicted()).isZero();
    assertThat(maps.label()).isZero();
    assertThat(maps.probability()).isCloseTo(whole, within(1e-6));
    for (int place = 0; place < grid.places(); place++) {
      boolean covered = covers(grid, place, 3);
      assertThat(maps.probabilities()[place]).isCloseTo(covered ? 0.25 : whole, within(1e-6));
      assertThat(maps.classes()[place]).isEqualTo(covered ? 1 : 0);
    }
    OcclusionSummary summary = maps.summary();
    assertThat(summary.leastProbability().top()).isZero();
    assertThat(summary.leastProbability().left()).isEqualTo(COLUMN - 2);
    assertThat(summary.leastProbability().value()).isCloseTo(0.25, within(1e-6));
    assertThat(summary.classShares().values()).containsExactly(26.0 / 35, 9.0 / 35);
  }

  @Test
  void aMapAndAClassThatAreAskedForAreWatched() {
    OcclusionMaps maps = occluded(grid(3, 1), OptionalInt.of(1), OptionalInt.of(1));
    assertThat(maps.activity()).isEqualTo(-BRIGHT);
    assertThat(maps.predicted()).isZero();
    assertThat(maps.probability()).isCloseTo(3 / (Math.exp(BRIGHT) + 3), within(1e-6));
    assertThat(maps.summary().classShares().keySet()).containsExactly(1, 0);
  }

  @Test
  void theLastStepIsShorterWhereStepsDoNotEndAtTheRim() {
    OcclusionGrid grid = grid(3, 3);
    assertThat(IntStream.range(0, 9).map(grid::top)).containsExactly(0, 0, 0, 3, 3, 3, 4, 4, 4);
    assertThat(IntStream.range(0, 9).map(grid::left)).containsExactly(0, 3, 6, 0, 3, 6, 0, 3, 6);
    assertThat(grid.places()).isEqualTo(9);
    // Middles of the squares are in rows 1, 4 and 5, and columns 1, 4 and 7.
    assertThat(IntStream.range(0, 7).map(y -> grid.place(y, 0) / 3))
        .containsExactly(0, 0, 0, 1, 1, 2, 2);
    assertThat(IntStream.range(0, 9).map(x -> grid.place(0, x)))
        .containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2);
  }

  @Test
  void theSquareIsOfTheGreyThatItIsGiven() {
    FeatureMaps image = onePixel();
    FeatureMaps covered = grid(7, 4).covered(image, grey(0.5f), 1);
    for (int y = 0; y < 7; y++) {
      for (int x = 0; x < 9; x++) {
        assertThat(covered.get(0, y, x)).isEqualTo(x < 2 ? 0 : 0.5f);
      }
    }
    assertThat(image.get(0, ROW, COLUMN)).isEqualTo(BRIGHT);
  }

  @Test
  void aSquareThatIsLargerThanTheImageIsRefused() {
    assertThat(grid(7, 1).places()).isEqualTo(3);
    assertThatThrownBy(() -> grid(8, 1))
        .isInstanceOf(UserErrorException.class)
        .hasMessage(
            "size of the square: expected at most the shorter side of the network's input of 7 x 9 pixels, got 8");
    assertThatThrownBy(() -> new OcclusionOptions(0, 1)).hasMessageContaining("from 1 to 16384");
    assertThatThrownBy(() -> new OcclusionOptions(1, 0)).hasMessageContaining("from 1 to 16384");
  }

  @Test
  void fewImagesAreHeldAtATime() {
    assertThat(largestBatch(new Shape(1, 7, 9))).isEqualTo(16);
    assertThat(largestBatch(new Shape(1, 700, 900))).isEqualTo(2);
  }

  private static int largestBatch(Shape image) {
    Seen seen = new Seen();
    OcclusionOptions square = new OcclusionOptions(image.height(), image.width() / 64 + 1);
    new Occlusion(
            seen,
            "layer",
            new ClassScores("scores", 2, false),
            new OcclusionGrid(image.height() < 10 ? new OcclusionOptions(1, 1) : square, image),
            grey(0))
        .of(FeatureMaps.zeros(image), OptionalInt.empty(), OptionalInt.empty());
    return seen.largestBatch;
  }

  @Test
  void zeroInTheInputIsTheMeanColourAndGreyWhereThereIsNoMean() {
    InputScaling blueFirst =
        new InputScaling(
            List.of(102.0, 0.0, 51.0), List.of(1.0, 2.0, 3.0), InputScaling.ChannelOrder.BGR, 255);
    FeatureMaps grey = blueFirst.grey(3);
    assertThat(grey.data()).containsExactly(0.2f, 0.5f, 0.4f);
    assertThat(blueFirst.toInput(grey).data()[0]).isCloseTo(0, within(1e-4f));
    assertThat(blueFirst.toInput(grey).data()[2]).isCloseTo(0, within(1e-4f));
  }
}
