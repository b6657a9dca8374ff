package org.deconvnet.operator.cnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;

/** The arithmetic of sizes, against counting windows one by one, over all small cases. */
class AxisGeometryTest {
  private static final int INPUTS = 12;

  private static void forAllSmall(Consumer<AxisGeometry> check) {
    for (int k = 1; k <= 5; k++) {
      for (int s = 1; s <= 3; s++) {
        for (int d = 1; d <= 3; d++) {
          for (int before = 0; before <= 2; before++) {
            for (int after = 0; after <= 2; after++) {
              check.accept(new AxisGeometry(k, s, before, after, d));
            }
          }
        }
      }
    }
  }

  /** Lays windows one after the other until one does not fit. */
  private static int counted(AxisGeometry axis, int inputs) {
    int windows = 0;
    for (int start = -axis.before(); lastTap(axis, start) < inputs + axis.after(); windows++) {
      start += axis.stride();
    }
    return windows;
  }

  private static int lastTap(AxisGeometry axis, int start) {
    int position = start;
    for (int i = 1; i < axis.taps(); i++) {
      position += axis.dilation();
    }
    return position;
  }

  @Test
  void outputsAreTheWindowsThatFit() {
    forAllSmall(
        axis -> {
          for (int inputs = 1; inputs <= INPUTS; inputs++) {
            int windows = counted(axis, inputs);
            if (windows > 0) {
              assertThat(axis.outputs(inputs)).as("%s over %d", axis, inputs).isEqualTo(windows);
            } else {
              int size = inputs;
              assertThatThrownBy(() -> axis.outputs(size)).isInstanceOf(UserErrorException.class);
            }
          }
        });
  }

  @Test
  void transposedSizesAreTheSizesThatConvolutionMerges() {
    forAllSmall(
        axis -> {
          for (int outputs = 1; outputs <= 6; outputs++) {
            List<Integer> merged = new ArrayList<>();
            for (int inputs = 1; inputs <= 40; inputs++) {
              if (counted(axis, inputs) == outputs) {
                merged.add(inputs);
              }
            }
            List<Integer> said = new ArrayList<>();
            for (int a = 0; a < axis.stride(); a++) {
              if (axis.stride() * (outputs - 1) + axis.extent() + a
                  > axis.before() + axis.after()) {
                said.add(axis.inputs(outputs, a));
              }
            }
            assertThat(said).as("%s, %d windows", axis, outputs).isEqualTo(merged);
          }
        });
  }

  @Test
  void roundedUpTheWindowsReachTheEndAndNoneBeginsBehindTheInput() {
    forAllSmall(
        axis -> {
          for (int inputs = 1; inputs <= INPUTS; inputs++) {
            // With more padding behind the input, windows hold padding alone: no pooling has them.
            if (axis.after() < axis.extent() && counted(axis, inputs) > 0) {
              assertThat(axis.outputsRoundedUp(inputs))
                  .as("%s over %d", axis, inputs)
                  .isEqualTo(countedToTheEnd(axis, inputs));
            }
          }
        });
  }

  private static int countedToTheEnd(AxisGeometry axis, int inputs) {
    int windows = 1;
    int start = -axis.before();
    while (lastTap(axis, start) < inputs + axis.after() - 1) {
      start += axis.stride();
      if (start >= inputs) {
        return windows;
      }
      windows++;
    }
    return windows;
  }

  @Test
  void impossibleNumbersAreNamed() {
    assertThatThrownBy(() -> new AxisGeometry(0, 1, 0, 0, 1))
        .hasMessageContaining("taps of a filter: expected from 1 to 1048576, got 0");
    assertThatThrownBy(() -> new AxisGeometry(3, 0, 0, 0, 1)).hasMessageContaining("stride");
    assertThatThrownBy(() -> new AxisGeometry(3, 1, -1, 0, 1))
        .hasMessageContaining("padding before: expected from 0");
    assertThatThrownBy(() -> new AxisGeometry(3, 1, 0, 0, 1 << 20))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("spans at most");
    assertThatThrownBy(() -> AxisGeometry.of(3, 2, 0).inputs(4, 2))
        .hasMessageContaining("output padding: expected from 0 to 1, got 2");
    assertThatThrownBy(() -> AxisGeometry.of(3, 1, 2).inputs(1, 0))
        .hasMessageContaining("expected a size from 1 up, got -1 from 1 windows");
  }

  @Test
  void anInputSmallerThanTheDilatedFilterIsNamed() {
    assertThatThrownBy(() -> new AxisGeometry(3, 1, 1, 0, 4).outputs(7))
        .isInstanceOf(UserErrorException.class)
        .hasMessage(
            "input of 7 positions, 8 with padding: expected at least the 9 that a filter of 3 taps, 4 apart, spans; enlarge the image");
  }

  @Test
  void groupsMustFitChannelsAndMaps() {
    Geometry geometry = new Geometry(AxisGeometry.of(3), AxisGeometry.of(3), 4);
    assertThat(geometry.output(new Shape(8, 5, 6), 12)).isEqualTo(new Shape(12, 3, 4));
    assertThat(geometry.weights(8, 12)).isEqualTo(12 * 2 * 9);
    assertThatThrownBy(() -> geometry.output(new Shape(6, 5, 5), 8))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("expected channels in 4 groups of equal size, got 6");
    assertThatThrownBy(() -> geometry.output(new Shape(8, 5, 5), 6))
        .hasMessageContaining("expected maps in 4 groups of equal size, got 6");
    assertThatThrownBy(() -> new Geometry(AxisGeometry.of(1), AxisGeometry.of(1), 0))
        .hasMessageContaining("groups: expected at least 1, got 0");
  }

  @Test
  void transposedConvolutionHasTheShapeOfAnInput() {
    Geometry geometry = new Geometry(AxisGeometry.of(4, 2, 1), new AxisGeometry(5, 3, 2, 1, 1), 1);
    Shape image = geometry.input(new Shape(6, 8, 4), 3, 0, 2);
    assertThat(image).isEqualTo(new Shape(3, 16, 13));
    assertThat(geometry.output(image, 6)).isEqualTo(new Shape(6, 8, 4));
  }
}
