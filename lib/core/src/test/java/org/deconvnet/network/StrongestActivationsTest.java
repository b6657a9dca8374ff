package org.deconvnet.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deconvnet.operator.Switches;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class StrongestActivationsTest {
  @Test
  void sizeDecidesThenTheLowestIndex() {
    float[] pooled = {0, 2, -3, 0.5f, 3, -2};
    int[] switches = {1, 9, 14, 20, 11, 5};
    SparseCode code =
        new SparseCode(
            FeatureMaps.of(new Shape(1, 2, 3), pooled),
            new Switches(new Shape(1, 2, 3), new Shape(1, 4, 6), switches),
            null);
    assertThat(StrongestActivations.of(code, 3))
        .containsExactly(new Activation(11, 3), new Activation(14, -3), new Activation(5, -2));
    assertThat(StrongestActivations.of(code, 9))
        .hasSize(5)
        .last()
        .extracting("index")
        .isEqualTo(20);
  }

  @Test
  void theOrderOfOffersDoesNotMatter() {
    Random random = new Random(4);
    List<Activation> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(new Activation(i, random.nextInt(9) - 4)); // many ties, some zeros
    }
    List<Activation> sorted =
        all.stream()
            .filter(a -> a.value() != 0)
            .sorted(Activation.STRONGEST_FIRST)
            .limit(17)
            .toList();
    for (int round = 0; round < 5; round++) {
      Collections.shuffle(all, random);
      StrongestActivations strongest = new StrongestActivations(17);
      all.forEach(a -> strongest.offer(a.index(), a.value()));
      assertThat(strongest.strongestFirst()).isEqualTo(sorted);
    }
  }

  @Test
  void noneIsTooFew() {
    assertThatThrownBy(() -> new StrongestActivations(0))
        .hasMessageContaining("strongest activations: expected at least 1, got 0");
    assertThat(new StrongestActivations(3).strongestFirst()).isEmpty();
  }
}
