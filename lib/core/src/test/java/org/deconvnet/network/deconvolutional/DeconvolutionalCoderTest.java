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
    List<DeconvolutionalImage> images = PlantedImages.draw(4, 3);
    for (DeconvolutionalImage image : images) {
      DeconvolutionalImage coded = used.code(image);
      DeconvolutionalImage fresh = coder().code(image);
      assertThat(coded.keptCode().shape()).isEqualTo(LAYER.mapShape(image.image().shape()));
      assertThat(coded.keptCode().data()).isEqualTo(fresh.keptCode().data());
      assertThat(coded.trace()).isEqualTo(fresh.trace());
    }
    assertThat(images.get(0).image().shape()).isNotEqualTo(images.get(1).image().shape());
  }

  @Test
  void codingGoesOnFromTheCodeThereIsAndChangesNoArgument() {
    DeconvolutionalImage once = coder().code(PlantedImages.draw(1, 4).get(0));
    float[] before = once.keptCode().data().clone();
    DeconvolutionalImage twice = coder().code(once);
    assertThat(twice.trace().objective()).isLessThan(once.trace().objective());
    assertThat(once.keptCode().data()).isEqualTo(before);
    assertThat(twice.id()).isEqualTo("image0");
  }

  /** So no map of this network dies: the statistics of dense codes always move its filters. */
  @Test
  void aDenseCodeIsNotZeroWhereEverySparseOneIs() {
    DeconvolutionalLayer strict =
        new DeconvolutionalLayer(PlantedImages.start(), 20, 1e9, LAYER.alpha());
    DeconvolutionalImage coded =
        new DeconvolutionalCoding(1, strict, BetaSchedule.standard())
            .coder(PlantedImages.ENGINE)
            .code(PlantedImages.draw(1, 4).get(0));
    assertThat(coded.trace().nonZeros()).isZero();
    assertThat(coded.keptCode().nonZeros()).isEqualTo(coded.keptCode().data().length);
  }

  @Test
  void anImageThatCannotBeCodedIsNamed() {
    DeconvolutionalImage small =
        new DeconvolutionalImage("a/b.png", FeatureMaps.zeros(new Shape(2, 2, 9)));
    assertThatThrownBy(() -> coder().code(small))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "image a/b.png: layer 7: expected an image of at least the filters' 3 x 3, got 2 x 9");
    DeconvolutionalImage broken =
        new DeconvolutionalImage("c.png", FeatureMaps.zeros(new Shape(2, 5, 6)));
    broken.image().set(1, 4, 2, Float.NaN);
    assertThatThrownBy(() -> coder().code(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("image c.png: ")
        .hasMessageContaining("expected finite numbers, got NaN at map 1, row 4, column 2");
    DeconvolutionalImage huge =
        new DeconvolutionalImage("d.png", FeatureMaps.zeros(new Shape(2, 5, 6)));
    huge.image().fill(1e38f);
    assertThatThrownBy(() -> coder().code(huge))
        .isInstanceOf(SolverDivergedException.class)
        .hasMessageStartingWith("image d.png: layer 7, half-quadratic splitting");
  }

  private static DeconvolutionalCoder coder() {
    return new DeconvolutionalCoding(7, LAYER, BetaSchedule.standard()).coder(PlantedImages.ENGINE);
  }
}
