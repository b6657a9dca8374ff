package org.deconvnet.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.deconvnet.pyramid.SparseHistogram;
import org.junit.jupiter.api.Test;

class PrecomputedKernelSvmTest {
  private static final SvmOptions EXACT = new SvmOptions(10, 1e-6, 8);

  /** Points −2, −1, 1, 2 on a line: the margin touches ±1, so w = 1 and the bias is 0. */
  @Test
  void separableToyHasTheWidestMargin() {
    double[][] points = {{-2}, {1}, {2}, {-1}};
    float[][] gram = gram(points, 1);
    KernelTable table = KernelTable.of(gram);
    BinaryMachine machine =
        PrecomputedKernelSvm.train(table, new boolean[] {false, true, true, false}, EXACT);
    assertThat(table.scale()).isCloseTo(0.4, within(1e-9));
    for (int i = 0; i < 4; i++) {
      assertThat(machine.score(gram[i], table.scale())).isCloseTo(points[i][0], within(1e-3));
    }
    assertThat(machine.alphaTimesLabel()[0]).isZero();
    assertThat(machine.alphaTimesLabel()[1]).isPositive();
    assertThat(machine.alphaTimesLabel()[3]).isNegative();
  }

  @Test
  void theBiasMovesWithTheData() {
    float[][] gram = gram(new double[][] {{4}, {2}, {5}, {1}}, 1);
    KernelTable table = KernelTable.of(gram);
    BinaryMachine machine =
        PrecomputedKernelSvm.train(
            table, new boolean[] {true, false, true, false}, new SvmOptions(1e4, 1e-6, 8));
    assertThat(machine.bias()).isCloseTo(-3, within(1e-2));
    assertThat(machine.score(gram[0], table.scale())).isCloseTo(1, within(1e-2));
  }

  @Test
  void exclusiveOrNeedsTheKernel() {
    double[][] corners = {{1, 1}, {-1, -1}, {1, -1}, {-1, 1}};
    boolean[] equal = {true, true, false, false};
    float[][] square = gram(corners, 2);
    KernelTable table = KernelTable.of(square);
    BinaryMachine machine = PrecomputedKernelSvm.train(table, equal, EXACT);
    for (int i = 0; i < 4; i++) {
      assertThat(machine.score(square[i], table.scale()))
          .isCloseTo(equal[i] ? 1 : -1, within(1e-3));
    }
    KernelTable plain = KernelTable.of(gram(corners, 1));
    BinaryMachine linear = PrecomputedKernelSvm.train(plain, equal, EXACT);
    int right = 0;
    for (int i = 0; i < 4; i++) {
      double score = linear.score(gram(corners, 1)[i], plain.scale());
      right += score * (equal[i] ? 1 : -1) > 0.5 ? 1 : 0;
    }
    assertThat(right).isLessThan(4);
  }

  @Test
  void optimalityConditionsHoldWhereClassesOverlap() {
    List<SparseHistogram> train = Histograms.randoms(3, 60, 40, 0.5);
    boolean[] labels = new boolean[60];
    Random random = new Random(4);
    for (int i = 0; i < 60; i++) {
      labels[i] = random.nextInt(3) == 0;
    }
    float[][] gram = Histograms.intersections(train, train);
    KernelTable table = KernelTable.of(gram);
    SvmOptions options = new SvmOptions(0.8, 1e-6, 8);
    BinaryMachine machine = PrecomputedKernelSvm.train(table, labels, options);
    double sum = 0;
    int atBound = 0;
    for (int i = 0; i < 60; i++) {
      double alpha = 0.0 + machine.alphaTimesLabel()[i] * (labels[i] ? 1 : -1); // no minus zero
      double margin = machine.score(gram[i], table.scale()) * (labels[i] ? 1 : -1);
      sum += machine.alphaTimesLabel()[i];
      atBound += alpha == options.c() ? 1 : 0;
      assertThat(alpha).isBetween(0.0, options.c());
      if (alpha > 0) {
        assertThat(margin).isLessThan(1 + 1e-4);
      }
      if (alpha < options.c()) {
        assertThat(margin).isGreaterThan(1 - 1e-4);
      }
    }
    assertThat(sum).isCloseTo(0, within(1e-9));
    assertThat(atBound).isPositive();
  }

  @Test
  void trainingPrintsNothing() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      KernelTable table = KernelTable.of(gram(new double[][] {{1}, {-1}}, 1));
      PrecomputedKernelSvm.train(table, new boolean[] {true, false}, SvmOptions.DEFAULTS);
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void badInputIsNamed() {
    KernelTable table = KernelTable.of(gram(new double[][] {{1}, {2}}, 1));
    assertThatThrownBy(
            () ->
                PrecomputedKernelSvm.train(table, new boolean[] {true, true}, SvmOptions.DEFAULTS))
        .hasMessageContaining("got 2 of 2 in the class");
    assertThatThrownBy(() -> PrecomputedKernelSvm.train(table, new boolean[3], SvmOptions.DEFAULTS))
        .hasMessageContaining("expected 2, got 3");
    assertThatThrownBy(() -> KernelTable.of(new float[][] {{1, 2}, {2}}))
        .hasMessageContaining("row 1");
    assertThatThrownBy(() -> KernelTable.of(new float[][] {{1, 2}, {Float.NaN, 1}}))
        .hasMessageContaining("NaN at (1, 0)");
    assertThatThrownBy(() -> KernelTable.of(new float[2][2])).hasMessageContaining("diagonal");
    assertThatThrownBy(() -> new SvmOptions(0, 1, 1)).hasMessageContaining("svm c");
  }

  private static float[][] gram(double[][] points, int power) {
    float[][] gram = new float[points.length][points.length];
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < points.length; j++) {
        double product = 0;
        for (int d = 0; d < points[i].length; d++) {
          product += points[i][d] * points[j][d];
        }
        gram[i][j] = (float) Math.pow(product, power);
      }
    }
    return gram;
  }
}
