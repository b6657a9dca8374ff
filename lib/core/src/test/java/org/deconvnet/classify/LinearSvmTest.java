package org.deconvnet.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deconvnet.pyramid.SparseHistogram;
import org.junit.jupiter.api.Test;

class LinearSvmTest {
  private static final int SIZE = 6;

  private static List<SparseHistogram> vectors(int count, long seed) {
    Random random = new Random(seed);
    List<SparseHistogram> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] dense = new float[SIZE];
      for (int j = 0; j < SIZE; j++) {
        dense[j] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
      }
      vectors.add(SparseHistogram.of(dense));
    }
    return vectors;
  }

  private static boolean[] labels(List<SparseHistogram> vectors, long seed) {
    Random random = new Random(seed);
    boolean[] labels = new boolean[vectors.size()];
    for (int i = 0; i < labels.length; i++) {
      float[] x = vectors.get(i).toDense();
      labels[i] = x[0] - x[3] + 0.3 + 0.5 * random.nextGaussian() > 0;
    }
    return labels;
  }

  /** ½ |w|² + C Σ max(0, 1 − y ⟨w, x̃⟩)², with the bias among the weights. */
  private static double objective(
      double[] w, List<SparseHistogram> vectors, boolean[] labels, double c) {
    double sum = 0;
    for (double v : w) {
      sum += 0.5 * v * v;
    }
    for (int i = 0; i < labels.length; i++) {
      double loss = Math.max(0, 1 - (labels[i] ? 1 : -1) * score(w, vectors.get(i)));
      sum += c * loss * loss;
    }
    return sum;
  }

  private static double score(double[] w, SparseHistogram vector) {
    float[] x = vector.toDense();
    double score = w[SIZE];
    for (int j = 0; j < SIZE; j++) {
      score += w[j] * x[j];
    }
    return score;
  }

  /** Gradient descent with small steps, as plain as can be. */
  private static double[] descend(List<SparseHistogram> vectors, boolean[] labels, double c) {
    double[] w = new double[SIZE + 1];
    for (int step = 0; step < 20_000; step++) {
      double[] gradient = w.clone();
      for (int i = 0; i < labels.length; i++) {
        double y = labels[i] ? 1 : -1;
        double loss = Math.max(0, 1 - y * score(w, vectors.get(i)));
        float[] x = vectors.get(i).toDense();
        for (int j = 0; j <= SIZE; j++) {
          gradient[j] -= 2 * c * loss * y * (j < SIZE ? x[j] : 1);
        }
      }
      for (int j = 0; j <= SIZE; j++) {
        w[j] -= 1e-3 * gradient[j];
      }
    }
    return w;
  }

  private static double[] weights(LinearMachine machine) {
    double[] all = new double[SIZE + 1];
    Arrays.setAll(all, j -> j < SIZE ? machine.weights()[j] : machine.bias());
    return all;
  }

  @Test
  void itsObjectiveIsThatOfPlainDescent() {
    List<SparseHistogram> vectors = vectors(60, 1);
    boolean[] labels = labels(vectors, 2);
    for (double c : new double[] {0.1, 1}) {
      double least = objective(descend(vectors, labels, c), vectors, labels, c);
      double found =
          objective(weights(new LinearSvm(vectors).train(labels, c)), vectors, labels, c);
      assertThat(found).isCloseTo(least, within(0.01 * least));
    }
  }

  @Test
  void scoresSpeakForTheClassWhicheverComesFirst() {
    List<SparseHistogram> vectors = vectors(40, 3);
    boolean[] labels = labels(vectors, 4);
    boolean[] others = new boolean[labels.length];
    Arrays.fill(others, false);
    for (int i = 0; i < labels.length; i++) {
      others[i] = !labels[i];
    }
    LinearSvm svm = new LinearSvm(vectors);
    LinearMachine machine = svm.train(labels, 1);
    LinearMachine against = svm.train(others, 1);
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += machine.score(vectors.get(i)) > 0 == labels[i] ? 1 : 0;
      assertThat(against.score(vectors.get(i)))
          .isCloseTo(-machine.score(vectors.get(i)), within(0.05));
    }
    assertThat(right).isGreaterThan(30);
    assertThat(svm.train(labels, 1).weights()).as("the same again").isEqualTo(machine.weights());
  }

  @Test
  void oneClassAloneAndOtherSizesAreRefused() {
    LinearSvm svm = new LinearSvm(vectors(3, 5));
    assertThatThrownBy(() -> svm.train(new boolean[3], 1))
        .hasMessageContaining("expected vectors of the class and of the rest");
    assertThatThrownBy(() -> svm.train(new boolean[2], 1)).hasMessageContaining("labels");
    assertThatThrownBy(
            () ->
                new LinearMachine(new float[2], 0).score(SparseHistogram.of(new float[] {1, 2, 3})))
        .hasMessageContaining("size");
  }

  @Test
  void joinedVectorsGiveTheWeightedSumOfLinearKernels() {
    List<SparseHistogram> one = vectors(5, 6);
    List<SparseHistogram> two = vectors(5, 7);
    double[] weights = {1, 0.25};
    double[] means = {meanSquare(one), meanSquare(two)};
    JoinedVectors joined = JoinedVectors.of(weights, means);
    double square = 0;
    for (int i = 0; i < 5; i++) {
      SparseHistogram x = joined.join(List.of(one.get(i), two.get(i)));
      square += product(x, x) / 5;
      SparseHistogram y = joined.join(List.of(one.get(0), two.get(0)));
      double sum =
          (weights[0] * product(one.get(i), one.get(0)) / means[0]
                  + weights[1] * product(two.get(i), two.get(0)) / means[1])
              / 1.25;
      assertThat(product(x, y)).isCloseTo(sum, within(1e-5));
    }
    assertThat(square).as("mean squared length").isCloseTo(1, within(1e-5));
  }

  private static double meanSquare(List<SparseHistogram> vectors) {
    return vectors.stream().mapToDouble(x -> product(x, x)).average().orElseThrow();
  }

  private static double product(SparseHistogram x, SparseHistogram y) {
    return PyramidKernel.LINEAR.row(x, List.of(y))[0];
  }
}
