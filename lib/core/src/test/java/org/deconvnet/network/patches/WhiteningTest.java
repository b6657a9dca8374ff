package org.deconvnet.network.patches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deconvnet.dictionary.JacobiEigensolver;
import org.deconvnet.tensor.FeatureMaps;
import org.junit.jupiter.api.Test;

class WhiteningTest {
  private static final int D = 16;

  /** All windows of some pictures, each image counting alike. */
  private static double[] moments(Whitening whitening) {
    double[] matrix = new double[D * D];
    List<PatchesImage> images = PlantedWords.pictures(4, 1);
    MomentSums sums = new MomentSums(D, images.size());
    MomentSums others = new MomentSums(D, images.size());
    for (PatchesImage image : images) {
      FeatureMaps windows =
          DrawnWindows.of(PlantedWords.options(PlantedWords.whitened(1), 1, 0), 1, 0)
              .of(image.id(), image.image());
      whitening.apply(PlantedWords.ENGINE.kernels(), windows);
      (image.id().equals("image1") ? others : sums).add(windows);
    }
    sums.merge(others);
    assertThat(sums.images()).isEqualTo(4);
    sums.addTo(matrix);
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] /= 4;
    }
    return matrix;
  }

  @Test
  void whitenedWindowsHaveTheIdentityUpToTheFloor() {
    double[] before = moments(Whitening.none(D));
    double floor = 0.1;
    Whitening whitening = Whitening.of(before, D, floor, new JacobiEigensolver());
    double[] after = moments(whitening);
    double mean = 0;
    for (int i = 0; i < D; i++) {
      mean += before[i * D + i] / D;
    }
    var values = new JacobiEigensolver().decompose(before, D).values();
    var whitened = new JacobiEigensolver().decompose(after, D).values();
    for (int i = 0; i < D; i++) {
      double expected = Math.max(0, values[i]) / (Math.max(0, values[i]) + floor * mean);
      assertThat(whitened[i]).as("eigenvalue %d", i).isCloseTo(expected, within(1e-4));
    }
    assertThat(whitened[0]).as("windows have no mean").isCloseTo(0, within(1e-6));
    assertThat(whitened[D - 1]).isGreaterThan(0.95);
  }

  @Test
  void aLowFloorGivesTheIdentityBesideTheMean() {
    double[] before = moments(Whitening.none(D));
    double[] after = moments(Whitening.of(before, D, 1e-6, new JacobiEigensolver()));
    for (int i = 0; i < D; i++) {
      for (int j = 0; j < D; j++) {
        double identity = (i == j ? 1 : 0) - 1.0 / D;
        assertThat(after[i * D + j]).as("%d, %d", i, j).isCloseTo(identity, within(1e-3));
      }
    }
  }

  @Test
  void theWayBackGivesThePixels() {
    Whitening whitening = Whitening.of(moments(Whitening.none(D)), D, 0.1, new JacobiEigensolver());
    PatchesImage image = PlantedWords.pictures(1, 1).get(0);
    FeatureMaps windows = Windows.at(image.image(), PlantedWords.whitened(1), new int[] {37});
    FeatureMaps whitened = windows.copy();
    whitening.apply(PlantedWords.ENGINE.kernels(), whitened);
    float[] back = whitening.inPixels(whitened.data(), 0);
    for (int i = 0; i < D; i++) {
      assertThat(back[i]).isCloseTo(windows.data()[i], within(1e-5f));
      assertThat(Math.abs(whitened.data()[i] - windows.data()[i])).isPositive();
    }
  }

  @Test
  void nothingIsWhitenedWhereThereIsNothing() {
    Whitening none = Whitening.of(new double[D * D], D, 0.1, new JacobiEigensolver());
    assertThat(none.forward()).isEqualTo(Whitening.none(D).forward());
    float[] broken = none.forward().clone();
    broken[17] = Float.NaN;
    assertThatThrownBy(() -> new Whitening(D, broken, broken))
        .hasMessageContaining("got NaN and back NaN at row 1, column 1");
  }
}
