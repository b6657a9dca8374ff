package org.deconvnet.network.cnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;

/** Pixels as a network wants them, and back. */
class InputScalingTest {
  private static final FeatureMaps PIXELS =
      FeatureMaps.of(new Shape(3, 1, 2), new float[] {0, 1, 0.25f, 0.5f, 0.75f, 0.1f});

  @Test
  void imageNetsNumbersAreTheDefaultOfThreeChannels() {
    FeatureMaps input = CnnOptions.DEFAULTS.scaling(3).toInput(PIXELS);
    assertThat(input.data()[0]).isCloseTo(-0.485f / 0.229f, within(1e-6f));
    assertThat(input.data()[3]).isCloseTo((0.5f - 0.456f) / 0.224f, within(1e-6f));
    assertThat(input.data()[5]).isCloseTo((0.1f - 0.406f) / 0.225f, within(1e-6f));
    FeatureMaps grey = FeatureMaps.of(new Shape(1, 1, 2), new float[] {0.25f, 1});
    assertThat(CnnOptions.DEFAULTS.scaling(1).toInput(grey).data()).containsExactly(0.25f, 1);
  }

  @Test
  void whiteMayBe255AndBlueFirst() {
    CnnOptions caffe =
        new CnnOptions(
            0,
            0,
            List.of(104.0, 117.0, 123.0),
            List.of(1.0),
            InputScaling.ChannelOrder.BGR,
            255,
            List.of());
    FeatureMaps input = caffe.scaling(3).toInput(PIXELS);
    assertThat(input.data()[0]).isCloseTo(0.75f * 255 - 104, within(1e-3f));
    assertThat(input.data()[2]).isCloseTo(0.25f * 255 - 117, within(1e-3f));
    assertThat(input.data()[5]).isCloseTo(255 - 123, within(1e-3f));
  }

  /** What changes the input by so much is that change of the pixels: only the mean is left out. */
  @Test
  void aChangeOfTheInputIsAChangeOfThePixels() {
    for (InputScaling.ChannelOrder order : InputScaling.ChannelOrder.values()) {
      InputScaling scaling =
          new CnnOptions(0, 0, List.of(), List.of(), order, 255, List.of()).scaling(3);
      FeatureMaps zero = FeatureMaps.zeros(PIXELS.shape());
      FeatureMaps change = scaling.toInput(PIXELS);
      FeatureMaps base = scaling.toInput(zero);
      for (int i = 0; i < change.data().length; i++) {
        change.data()[i] -= base.data()[i];
      }
      FeatureMaps back = scaling.toPixels(change);
      for (int i = 0; i < change.data().length; i++) {
        assertThat(back.data()[i]).isCloseTo(PIXELS.data()[i], within(1e-5f));
      }
    }
  }

  @Test
  void numbersThatAreNoneAreNamed() {
    assertThatThrownBy(() -> scaling(List.of(Double.NaN), List.of(1.0), 1))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("network.mean: expected finite numbers");
    assertThatThrownBy(() -> scaling(List.of(0.0), List.of(0.0), 1))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("network.deviation");
    assertThatThrownBy(() -> scaling(List.of(0.0), List.of(1.0), 0))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("network.range");
  }

  private static InputScaling scaling(List<Double> mean, List<Double> deviation, double range) {
    return new CnnOptions(0, 0, mean, deviation, InputScaling.ChannelOrder.RGB, range, List.of())
        .scaling(3);
  }
}
