package org.deconvnet.network.deconvolutional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;
import org.junit.jupiter.api.Test;

class DeconvolutionalStackTest {
  private static final BetaSchedule SCHEDULE = BetaSchedule.of(1, 10);
  private static final MapScaling SCALING = new MapScaling(0.5, 3);
  private static final DeconvolutionalLayer FIRST = layer(Connectivity.full(3, 1), 1);
  private static final DeconvolutionalLayer SECOND = layer(Connectivity.singlesAndPairs(3), 2);

  private static DeconvolutionalLayer layer(Connectivity connectivity, long seed) {
    return new DeconvolutionalLayer(FilterInitializer.gaussian(connectivity, 3, seed), 2, 1, 0.8);
  }

  private static DeconvolutionalStack stack() {
    return DeconvolutionalStack.empty(SCHEDULE, 2).plus(FIRST, SCALING).plus(SECOND, SCALING);
  }

  @Test
  void layersAreNumberedFromTheImage() {
    DeconvolutionalStack stack = stack().plus(layer(Connectivity.randomPairs(4, 6, 1), 3), SCALING);
    assertThat(stack.depth()).isEqualTo(3);
    assertThat(stack.layer(1)).isSameAs(FIRST);
    assertThat(stack.layer(2)).isSameAs(SECOND);
    assertThat(stack.upTo(2)).isEqualTo(stack());
    assertThat(stack.upTo(0)).isEqualTo(DeconvolutionalStack.empty(SCHEDULE, 2));
    assertThat(stack.withoutMeans().scaling(3)).isEqualTo(new MapScaling(0, 3));
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertThatThrownBy(() -> stack().plus(FIRST, SCALING))
        .hasMessage("layer 3: channels (the maps of layer 2): expected 6, got 1");
    assertThatThrownBy(() -> stack().layer(0))
        .hasMessage("stack: expected a layer from 1 to 2, got 0");
    assertThatThrownBy(() -> stack().scaling(3)).hasMessageContaining("got 3");
    assertThatThrownBy(() -> DeconvolutionalStack.empty(SCHEDULE, 0))
        .hasMessage("stack: passes: expected at least 1, got 0");
    assertThatThrownBy(() -> new DeconvolutionalStack(List.of(FIRST), List.of(), SCHEDULE, 1))
        .hasMessage("stack: scalings, one a layer: expected 1, got 0");
  }

  @Test
  void everySettingIsInTheFingerprint() {
    List<DeconvolutionalStack> different =
        Stream.<Function<DeconvolutionalStack, DeconvolutionalStack>>of(
                s -> s,
                s -> s.upTo(1),
                s -> new DeconvolutionalStack(s.layers(), s.scalings(), SCHEDULE, 3),
                s -> new DeconvolutionalStack(s.layers(), s.scalings(), BetaSchedule.of(1, 11), 2),
                s -> new DeconvolutionalStack(s.layers(), s.scalings(), SCHEDULE.withCgSteps(3), 2),
                s -> s.upTo(1).plus(SECOND, new MapScaling(0.5, 4)),
                s -> s.upTo(1).plus(SECOND, new MapScaling(0.6, 3)),
                s -> s.upTo(1).plus(new DeconvolutionalLayer(bank(), 3, 1, 0.8), SCALING),
                s -> s.upTo(1).plus(new DeconvolutionalLayer(bank(), 2, 2, 0.8), SCALING),
                s -> s.upTo(1).plus(new DeconvolutionalLayer(bank(), 2, 1, 0.9), SCALING),
                s -> s.upTo(1).plus(SECOND.withFilters(connectedOtherwise()), SCALING),
                s -> s.upTo(1).plus(SECOND.withFilters(oneNumberMore()), SCALING))
            .map(change -> change.apply(stack()))
            .toList();
    assertThat(different.stream().map(DeconvolutionalStack::fingerprint))
        .doesNotHaveDuplicates()
        .allMatch(fingerprint -> fingerprint.matches("[0-9a-f]{64}"));
    assertThat(stack().fingerprint()).isEqualTo(stack().fingerprint());
  }

  private static FilterBank bank() {
    return SECOND.filters();
  }

  /** The same numbers, all planes taking part. */
  private static FilterBank connectedOtherwise() {
    return FilterBank.of(Connectivity.full(6, 3), 3, bank().data());
  }

  private static FilterBank oneNumberMore() {
    FilterBank more = bank().copy();
    more.data()[0] += 0.01f;
    return more;
  }
}
