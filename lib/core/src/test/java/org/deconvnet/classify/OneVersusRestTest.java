package org.deconvnet.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.pyramid.SparseHistogram;
import org.junit.jupiter.api.Test;

class OneVersusRestTest {
  private static final int[] CLASSES = {2, 5, 9};

  @Test
  void threeBumpsAreToldApart() throws Exception {
    Random random = new Random(11);
    int[] labels = labels(20);
    List<SparseHistogram> train = bumps(random, labels);
    float[][] gram = Histograms.intersections(train, train);
    OneVersusRest model = OneVersusRest.train(KernelTable.of(gram), labels, SvmOptions.DEFAULTS);
    int[] truth = labels(30);
    float[][] rows = Histograms.intersections(bumps(random, truth), train);
    int[] predicted = new int[truth.length];
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] = model.predict(rows[i]);
    }
    assertThat(model.classes()).containsExactly(CLASSES);
    assertThat(ConfusionMatrix.of(CLASSES, truth, predicted).meanPerClassRate()).isGreaterThan(0.9);
    assertThat(copy(model).scores(rows[0])).containsExactly(model.scores(rows[0]));
    assertThat(
            OneVersusRest.train(KernelTable.of(gram), labels, SvmOptions.DEFAULTS).scores(rows[7]))
        .containsExactly(model.scores(rows[7]));
  }

  /** A kernel a hundred times larger is the same problem. */
  @Test
  void theScaleOfTheKernelDoesNotMatter() {
    int[] labels = labels(10);
    List<SparseHistogram> train = bumps(new Random(1), labels);
    float[][] gram = Histograms.intersections(train, train);
    float[][] large = new float[gram.length][gram.length];
    for (int i = 0; i < gram.length; i++) {
      for (int j = 0; j < gram.length; j++) {
        large[i][j] = 128 * gram[i][j];
      }
    }
    OneVersusRest small = OneVersusRest.train(KernelTable.of(gram), labels, SvmOptions.DEFAULTS);
    OneVersusRest big = OneVersusRest.train(KernelTable.of(large), labels, SvmOptions.DEFAULTS);
    assertThat(big.scores(large[3])).containsExactly(small.scores(gram[3]));
  }

  @Test
  void scoresFollowTheFormulaAndTiesGoToTheLowestClass() {
    BinaryMachine low = new BinaryMachine(new double[] {1, 0}, -1);
    BinaryMachine high = new BinaryMachine(new double[] {2, -1}, 0.5);
    OneVersusRest model = new OneVersusRest(CLASSES, new BinaryMachine[] {low, high, high}, 0.5);
    assertThat(model.scores(new float[] {4, 2})).containsExactly(1, 3.5, 3.5);
    assertThat(model.predict(new float[] {4, 2})).isEqualTo(5);
    assertThat(model.predict(new float[] {4, 40})).isEqualTo(2);
  }

  @Test
  void badModelsAreNamed() {
    BinaryMachine machine = new BinaryMachine(new double[2], 0);
    BinaryMachine[] two = {machine, machine};
    assertThatThrownBy(() -> new OneVersusRest(new int[] {3, 3}, two, 1))
        .hasMessageContaining("label after 3");
    assertThatThrownBy(() -> new OneVersusRest(new int[] {3}, two, 1))
        .hasMessageContaining("machines: expected 1, got 2");
    assertThatThrownBy(() -> new OneVersusRest(new int[] {3, 4}, two, 1).predict(new float[3]))
        .hasMessageContaining("expected 2, got 3");
  }

  private static int[] labels(int each) {
    int[] labels = new int[3 * each];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = CLASSES[i % 3];
    }
    return labels;
  }

  private static List<SparseHistogram> bumps(Random random, int[] labels) {
    List<SparseHistogram> all = new ArrayList<>();
    for (int label : labels) {
      all.add(Histograms.bump(random, 30, 3.0 * label));
    }
    return all;
  }

  private static OneVersusRest copy(OneVersusRest model) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(model);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (OneVersusRest) in.readObject();
    }
  }
}
