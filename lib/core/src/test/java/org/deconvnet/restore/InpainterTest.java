package org.deconvnet.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.dictionary.UnitNorm;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.network.csc.AtomGroup;
import org.deconvnet.network.csc.CodingOptions;
import org.deconvnet.network.csc.CscLayer;
import org.deconvnet.operator.Boundary;
import org.deconvnet.operator.BoundedSynthesis;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InpainterTest {
  private static final ConvolutionEngine ENGINE = new ScalarConvolutionEngine();
  private static final int MAPS = 4;
  private static final int SIDE = 7;

  /** The network sees the pixels themselves. */
  private static final PreprocessOptions PIXELS =
      PreprocessOptions.DEFAULTS
          .withLocalContrast(false)
          .withSubtractMean(false)
          .withLongestSide(0);

  private static CscLayer layer(int channels) {
    FilterBank filters =
        UnitNorm.project(FilterInitializer.gaussian(Connectivity.full(MAPS, channels), SIDE, 5));
    CodingOptions coding =
        new CodingOptions(
            List.of(new AtomGroup(MAPS, SIDE, 1)),
            0.02,
            true,
            Boundary.FULL,
            false,
            new DescentOptions(0.01, 200));
    return new CscLayer(filters, coding);
  }

  /** About one atom in 60 places. */
  private static FeatureMaps planted(int channels) {
    Shape shape = new Shape(channels, 44, 52);
    BoundedSynthesis synthesis =
        new BoundedSynthesis(ENGINE, layer(channels).filters(), Boundary.FULL, shape);
    FeatureMaps code = FeatureMaps.zeros(synthesis.domain());
    Random random = new Random(3);
    for (int n = 0; n < code.shape().plane() / 60; n++) {
      code.data()[random.nextInt(code.data().length)] =
          (random.nextBoolean() ? 1 : -1) * (1 + random.nextFloat());
    }
    FeatureMaps image = FeatureMaps.zeros(shape);
    synthesis.apply(code, image);
    return image;
  }

  private static FeatureMaps half(FeatureMaps image) {
    return new MissingPixels(0.5, 1).mask("planted", image.shape());
  }

  private static Inpainter inpainter(int channels, PreprocessOptions options) {
    return new Inpainter(ENGINE, layer(channels), options.withGrey(channels == 1));
  }

  private static double hiddenPsnr(FeatureMaps image, FeatureMaps result, FeatureMaps mask) {
    return ReconstructionQuality.ofHidden(image, result, mask).psnr();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whatADictionaryBuildsComesBackAndSeenPixelsStay(int channels) {
    FeatureMaps image = planted(channels);
    FeatureMaps mask = half(image);
    FeatureMaps filled = GaussianFill.of(image, mask);
    FeatureMaps inpainted = inpainter(channels, PIXELS).inpaint(image, mask);
    assertThat(hiddenPsnr(image, inpainted, mask))
        .isGreaterThan(hiddenPsnr(image, filled, mask) + 20);
    int plane = mask.data().length;
    for (int i = 0; i < image.data().length; i++) {
      if (mask.data()[i % plane] == 1) {
        assertThat(inpainted.data()[i]).isEqualTo(image.data()[i]);
      }
    }
  }

  @Test
  void localMeansThatPreprocessingSubtractsAreGivenBack() {
    FeatureMaps image = planted(1);
    for (int i = 0; i < image.data().length; i++) {
      image.data()[i] = 0.5f + 0.1f * image.data()[i] + 0.004f * (i % image.width());
    }
    FeatureMaps mask = half(image);
    PreprocessOptions subtracting = PIXELS.withLocalContrast(true).withDeviationFloor(1);
    FeatureMaps inpainted = inpainter(1, subtracting).inpaint(image, mask);
    assertThat(hiddenPsnr(image, inpainted, mask))
        .isGreaterThan(hiddenPsnr(image, GaussianFill.of(image, mask), mask) + 6);
  }

  @Test
  void whatHiddenPixelsHoldPlaysNoPart() {
    FeatureMaps image = planted(1);
    FeatureMaps mask = half(image);
    FeatureMaps broken = image.copy();
    for (int i = 0; i < broken.data().length; i++) {
      broken.data()[i] = mask.data()[i] == 0 ? Float.NaN : broken.data()[i];
    }
    assertThat(inpainter(1, PIXELS).inpaint(broken, mask).data())
        .isEqualTo(inpainter(1, PIXELS).inpaint(image, mask).data());
  }

  @Test
  void withNothingHiddenTheImageIsTheSame() {
    FeatureMaps image = planted(1);
    FeatureMaps mask = FeatureMaps.zeros(image.shape());
    mask.fill(1);
    FeatureMaps inpainted = inpainter(1, PIXELS).inpaint(image, mask);
    assertThat(inpainted.data()).isEqualTo(image.data()).isNotSameAs(image.data());
  }

  @Test
  void masksThatSayNothingOrAreOfAnotherSizeAreRefused() {
    FeatureMaps image = planted(1);
    Inpainter inpainter = inpainter(1, PIXELS);
    assertThatThrownBy(() -> inpainter.inpaint(image, FeatureMaps.zeros(image.shape())))
        .isInstanceOf(UserErrorException.class)
        .hasMessage("mask: expected a pixel that is seen, got all 44 x 52 hidden");
    assertThatThrownBy(() -> inpainter.inpaint(image, FeatureMaps.zeros(new Shape(1, 52, 44))))
        .isInstanceOf(UserErrorException.class)
        .hasMessage(
            "mask: expected 44 x 52 pixels, height by width, as the image has, got 52 x 44");
  }

  @Test
  void preprocessingThatLosesPixelsIsRefused() {
    assertThatThrownBy(() -> inpainter(1, PreprocessOptions.DEFAULTS))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("expected a model whose preprocessing keeps pixels")
        .hasMessageContaining("longestSide: 150");
  }
}
