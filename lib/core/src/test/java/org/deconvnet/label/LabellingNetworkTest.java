package org.deconvnet.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.network.gradient.GroupSums;
import org.deconvnet.network.gradient.NetworkTraining;
import org.deconvnet.network.gradient.NetworkWeights;
import org.deconvnet.network.gradient.PixelCrossEntropy;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.update.AdamRule;
import org.deconvnet.store.StateArchive;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class LabellingNetworkTest {
  private static final Shape IMAGE = new Shape(1, 6, 8);
  private static final HeadOptions HEAD =
      new HeadOptions(List.of(), List.of(), false, true, List.of(6), 1, 0, true);
  private static final NetworkInputs INPUTS = new NetworkInputs(HEAD, IMAGE);
  private static final NetworkPlan PLAN = LabellingPlan.of(HEAD, IMAGE, List.of(), 2);
  private static final ArrayKernels KERNELS = ConvolutionEngines.create("scalar").kernels();

  /** White on black: a bar at a column. */
  private static LabelledMaps bar(int column) {
    return bar(column, 1);
  }

  private static LabelledMaps bar(int column, float white) {
    FeatureMaps image = FeatureMaps.zeros(IMAGE);
    byte[] labels = new byte[IMAGE.plane()];
    for (int row = 0; row < IMAGE.height(); row++) {
      for (int x = column; x < column + 2; x++) {
        image.set(0, row, x, white);
        labels[row * IMAGE.width() + x] = 1;
      }
    }
    labels[0] = (byte) LabelMap.VOID;
    return new LabelledMaps(
        "bar" + column,
        INPUTS.of(image, List.of()),
        new LabelMap(IMAGE.height(), IMAGE.width(), labels));
  }

  private static List<MapScale> scales(List<LabelledMaps> images) {
    MapStatistics statistics = new MapStatistics(3);
    images.forEach(image -> statistics.add(image.inputs().get(0)));
    return List.of(statistics.scale());
  }

  private static LabellingNetwork learned(int rounds) {
    List<LabelledMaps> group = List.of(bar(0), bar(2), bar(4), bar(6));
    List<MapScale> scales = scales(group);
    NetworkTraining training = NetworkTraining.of(PLAN, new AdamRule(0.05, 0.9, 0.999, 1e-8, 0), 1);
    GroupAtWork work = new GroupAtWork(PLAN, KERNELS, 4);
    PixelCrossEntropy loss = new PixelCrossEntropy(LabelMap.VOID, new float[] {1, 1});
    for (int round = 0; round < rounds; round++) {
      NetworkWeights weights = training.weights();
      work.set(weights);
      GroupSums sums = weights.sums(1, 1);
      work.learn(round, group, scales, loss, sums);
      training.step(sums, 1, 1);
    }
    return new LabellingNetwork(INPUTS, scales, training.weights());
  }

  @Test
  void aNetworkLearnsToLabelPixels() {
    LabellingNetwork network = learned(80);
    GroupAtWork work = new GroupAtWork(PLAN, KERNELS, 1);
    work.set(network.weights());
    LabelCounts counts = new LabelCounts(2);
    LabelledMaps other = bar(4, 0.9f);
    counts.add(other.labels(), work.label(other.inputs(), network.scales()));
    assertThat(counts.pixels()).isEqualTo(IMAGE.plane() - 1);
    assertThat(counts.meanIu()).as("an image that it has not seen").isGreaterThan(0.9);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    LabellingNetwork network = learned(1);
    StateArchive files = new StateArchive("memory");
    network.write(files);
    LabellingNetwork back = LabellingNetwork.read(files);
    assertThat(back.fingerprint()).isEqualTo(network.fingerprint());
    assertThat(back.inputs()).isEqualTo(INPUTS);
    assertThat(back.weights().plan()).isEqualTo(PLAN);
    assertThat(back.classes()).isEqualTo(2);
  }

  @Test
  void anImageOfAnotherSizeIsNamed() {
    assertThatThrownBy(() -> INPUTS.of(FeatureMaps.zeros(new Shape(1, 5, 8)), List.of()))
        .hasMessage(
            "image: expected 1x6x8, maps by height by width, as the network has it, got 1x5x8");
    LabelledMaps small =
        new LabelledMaps("a.png", bar(0).inputs(), new LabelMap(1, 2, new byte[2]));
    PixelCrossEntropy loss = new PixelCrossEntropy(LabelMap.VOID, new float[] {1, 1});
    GroupAtWork work = new GroupAtWork(PLAN, KERNELS, 1);
    NetworkWeights weights = NetworkWeights.start(PLAN, 1);
    assertThatThrownBy(
            () -> work.learn(0, List.of(small), scales(List.of(small)), loss, weights.sums(1, 1)))
        .hasMessage("a.png: expected labels of 6 x 8 pixels, height by width, got 1 x 2");
  }
}
