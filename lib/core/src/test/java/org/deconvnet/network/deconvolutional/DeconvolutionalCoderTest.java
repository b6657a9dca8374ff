package org.deconvnet.network.deconvolutional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.deconvnet.dictionary.PlantedImages;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class DeconvolutionalCoderTest {
  private static final DeconvolutionalLayer LAYER =
      PlantedImages.options(1, 0).layer(PlantedImages.start());

  @Test
  void aCoderThatSawOtherShapesAnswersAsAFreshOne() {
    DeconvolutionalCoder used = coder();
    List<CodedMaps> images = PlantedImages.draw(4, 3);
    for (CodedMaps image : images) {
      CodedMaps coded = used.code(image);
      CodedMaps fresh = coder().code(image);
      assertThat(coded.code().shape()).isEqualTo(LAYER.mapShape(image.input().shape()));
      assertThat(coded.code().data()).isEqualTo(fresh.code().data());
      assertThat(coded.trace()).isEqualTo(fresh.trace());
    }
    assertThat(images.get(0).input().shape()).isNotEqualTo(images.get(1).input().shape());
  }

  @Test
  void codingGoesOnFromTheCodeThereIsAndChangesNoArgument() {
    CodedMaps once = coder().code(PlantedImages.draw(1, 4).get(0));
    float[] before = once.code().data().clone();
    CodedMaps twice = coder().code(once);
    assertThat(twice.trace().objective()).isLessThan(once.trace().objective());
    assertThat(once.code().data()).isEqualTo(before);
    assertThat(twice.id()).isEqualTo("image0");
  }

  /** So no map of this network dies: the statistics of dense codes always move its filters. */
  @Test
  void aDenseCodeIsNotZeroWhereEverySparseOneIs() {
    DeconvolutionalLayer strict =
        new DeconvolutionalLayer(PlantedImages.start(), 20, 1e9, LAYER.alpha());
    CodedMaps coded =
        new DeconvolutionalCoder(PlantedImages.ENGINE, strict, BetaSchedule.standard(), 1)
            .code(PlantedImages.draw(1, 4).get(0));
    assertThat(coded.trace().nonZeros()).isZero();
    assertThat(coded.code().nonZeros()).isEqualTo(coded.code().data().length);
  }

  @Test
  void anImageThatCannotBeCodedIsNamed() {
    CodedMaps small = new CodedMaps("a/b.png", FeatureMaps.zeros(new Shape(2, 2, 9)));
    assertThatThrownBy(() -> coder().code(small))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "image a/b.png: layer 7: expected an image of at least the filters' 3 x 3, got 2 x 9");
    CodedMaps broken = new CodedMaps("c.png", FeatureMaps.zeros(new Shape(2, 5, 6)));
    broken.input().set(1, 4, 2, Float.NaN);
    assertThatThrownBy(() -> coder().code(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("image c.png: ")
        .hasMessageContaining("expected finite numbers, got NaN at map 1, row 4, column 2");
    CodedMaps huge = new CodedMaps("d.png", FeatureMaps.zeros(new Shape(2, 5, 6)));
    huge.input().fill(1e38f);
    assertThatThrownBy(() -> coder().code(huge))
        .isInstanceOf(SolverDivergedException.class)
        .hasMessageStartingWith("image d.png: layer 7, half-quadratic splitting");
  }

  private static DeconvolutionalCoder coder() {
    return new DeconvolutionalCoder(PlantedImages.ENGINE, LAYER, BetaSchedule.standard(), 7);
  }
}
