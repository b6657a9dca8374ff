package org.deconvnet.network.gradient.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.plan.Node;
import org.deconvnet.network.gradient.plan.NormalizeGroup;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paper's networks, for images of any of its sizes. */
class AdversarialOptionsTest {
  static AdversarialOptions of(int side, boolean grey, int filters) {
    return new AdversarialOptions(side, grey, filters, 10, 4, 8, 2e-4, 0.5, 1);
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "16, 2", "32, 3", "64, 4", "128, 5"})
  void sidesAreHalvedUntilFourAndMapsDoubled(int side, int levels) {
    AdversarialOptions options = of(side, false, 4);
    NetworkPlan discriminator = options.discriminator();
    assertThat(discriminator.input()).isEqualTo(new Shape(3, side, side));
    assertThat(discriminator.output()).isEqualTo(new Shape(1, 1, 1));
    for (int level = 1; level <= levels; level++) {
      assertThat(discriminator.shapes().get("leaky" + level))
          .isEqualTo(new Shape(4 << (level - 1), side >> level, side >> level));
    }
    NetworkPlan generator = options.generator();
    assertThat(generator.input()).isEqualTo(new Shape(10, 1, 1));
    assertThat(generator.output()).isEqualTo(options.image());
    for (int level = 1; level <= levels; level++) {
      int rows = 4 << (level - 1);
      assertThat(generator.shapes().get("relu" + level))
          .isEqualTo(new Shape(4 << (levels - level), rows, rows));
    }
  }

  @Test
  void theDiscriminatorsInputAndBothEndsAreNotNormalised() {
    AdversarialOptions options = of(32, true, 8);
    assertThat(normalized(options.discriminator())).containsExactly("norm2", "norm3");
    assertThat(normalized(options.generator())).containsExactly("norm1", "norm2", "norm3");
    assertThat(options.generator().output().maps()).isEqualTo(1);
  }

  private static Iterable<String> normalized(NetworkPlan plan) {
    return plan.nodes().stream()
        .filter(node -> node.operation() instanceof NormalizeGroup)
        .map(Node::name)
        .toList();
  }

  /** 64 filters and 3 × 32 × 32, by the sizes of the filters. */
  @Test
  void parametersAreAsManyAsTheFiltersSay() {
    AdversarialOptions options = AdversarialOptions.DEFAULTS;
    int up = 16 * (100 * 256 + 256 * 128 + 128 * 64 + 64 * 3) + 3 + 2 * (256 + 128 + 64);
    int down = 16 * (3 * 64 + 64 * 128 + 128 * 256 + 256) + 64 + 1 + 2 * (128 + 256);
    assertThat(options.generator().parameters().size()).isEqualTo(up);
    assertThat(options.discriminator().parameters().size()).isEqualTo(down);
    assertThat(options.driverBytes()).isEqualTo(32L * (up + down));
    assertThat(options.taskBytes()).isGreaterThan(20L * (up + down));
  }

  @Test
  void whatCannotBeTrainedIsRefusedByItsKey() {
    refused(48, 8, 4, 8, "generate.side: expected a power of two from 8 to 256, got 48");
    refused(4, 8, 4, 8, "generate.side: expected a power of two from 8 to 256, got 4");
    refused(32, 0, 4, 8, "generate.filters: expected from 1 to 1024, got 0");
    refused(32, 8, 1, 8, "generate.ghostGroup: expected from 2 to 1024, got 1");
    refused(32, 8, 4, 6, "generate.batch: expected a multiple of generate.ghostGroup");
    refused(32, 8, 4, 0, "generate.batch: expected a multiple of generate.ghostGroup");
  }

  private static void refused(int side, int filters, int group, int batch, String told) {
    assertThatThrownBy(
            () -> new AdversarialOptions(side, false, filters, 10, group, batch, 1e-3, 0.5, 1))
        .isInstanceOf(UserErrorException.class)
        .hasMessageStartingWith(told);
  }
}
