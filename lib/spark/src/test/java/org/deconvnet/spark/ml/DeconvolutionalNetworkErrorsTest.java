package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class DeconvolutionalNetworkErrorsTest {
  /** Whoever reads an image of these finds none: an error that names a parameter came earlier. */
  private static final StructType SCHEMA =
      new StructType().add("path", DataTypes.StringType).add("image", FeatureMapsColumn.DENSE);

  @Test
  void wrongParametersAreNamedBeforeAnyWork() {
    assertRefused(n -> n.set(n.alphas(), new double[] {1.5}), "alpha: expected 0 < alpha <= 1");
    assertRefused(n -> n.set(n.lambdas(), new double[] {0}), "lambda: expected a positive number");
    assertRefused(n -> n.set(n.kappas(), new double[] {-1}), "kappa: expected a positive number");
    assertRefused(n -> n.set(n.betas(), new double[] {1, 1}), "betas: expected strictly increasi");
    assertRefused(n -> n.set(n.memory(), 1.0), "memory: expected 0 <= memory < 1, got 1.0");
    assertRefused(n -> n.set(n.cgSteps(), 0), "cgSteps: expected at least 1, got 0");
    assertRefused(n -> n.set(n.epochs(), new int[] {0}), "epochs: expected at least 1, got 0");
    assertRefused(n -> n.setPasses(0), "passes: expected at least 1, got 0");
    assertRefused(n -> n.set(n.maps(), new int[0]), "maps: number of layers: expected at least 1");
    assertRefused(n -> n.set(n.maps(), new int[] {4, 10, 8}), "filterSides: expected 1 value or");
  }

  @Test
  void connectivityThatDoesNotFitIsNamedBeforeAnyWork() {
    assertRefused(n -> connect(n, "nonsense"), "connectivity: expected full", "got 'nonsense'");
    assertRefused(
        n -> n.set(n.maps(), new int[] {4, 11}),
        "connectivity singlesAndPairs: maps: expected 10, got 11");
    assertRefused(n -> connect(n, "1111 0000"), "map 1 is connected to no channel");
    assertRefused(n -> connect(n, "1110 1100"), "channel 3 is reconstructed by no map");
  }

  @Test
  void aPipelineIsRefusedBeforeItsFirstStageWorks() {
    DeconvolutionalNetwork wrong = estimator();
    wrong.set(wrong.alphas(), new double[] {0.8, 0});
    PipelineStage[] stages = {new ImagePreprocessor(), wrong};
    Dataset<Row> files =
        LocalSpark.session()
            .createDataFrame(
                List.<Row>of(),
                new StructType()
                    .add("path", DataTypes.StringType)
                    .add("content", DataTypes.BinaryType));
    assertThatThrownBy(() -> new Pipeline().setStages(stages).fit(files))
        .hasMessageContaining("alpha: expected 0 < alpha <= 1, got 0.0");
  }

  @Test
  void imagesThatCannotBeCodedAreNamedInTrainingAndInference() {
    FeatureMaps broken = FeatureMaps.zeros(new Shape(1, 9, 9));
    broken.set(0, 3, 4, Float.POSITIVE_INFINITY);
    DeconvolutionalNetworkModel model = estimator().fit(images(ramp(9, 9), ramp(8, 12)));
    for (var bad : List.of(ramp(3, 9), broken)) {
      String why = bad == broken ? "got Infinity at map 0, row 3, column 4" : "got 3 x 9";
      assertThatThrownBy(() -> estimator().fit(images(ramp(9, 9), bad)))
          .hasMessageContaining("image folder/1.png: ")
          .hasMessageContaining(why);
      assertThatThrownBy(() -> model.transform(images(ramp(9, 9), bad)).collectAsList())
          .hasStackTraceContaining("folder/1.png: ")
          .hasStackTraceContaining(why);
    }
  }

  private static void connect(DeconvolutionalNetwork network, String second) {
    network.set(network.maps(), new int[] {4, 2});
    network.set(network.connectivities(), new String[] {"full", second});
  }

  private static void assertRefused(Consumer<DeconvolutionalNetwork> change, String... saying) {
    DeconvolutionalNetwork network = estimator();
    change.accept(network);
    Dataset<Row> none = LocalSpark.session().createDataFrame(List.<Row>of(), SCHEMA);
    var refused =
        assertThatThrownBy(() -> network.fit(none)).isInstanceOf(IllegalArgumentException.class);
    for (String part : saying) {
      refused.hasMessageContaining(part);
    }
    assertThatThrownBy(() -> network.transformSchema(SCHEMA)).hasMessageContaining(saying[0]);
  }

  private static DeconvolutionalNetwork estimator() {
    DeconvolutionalNetwork network = new DeconvolutionalNetwork().setPartitions(1);
    network.set(network.maps(), new int[] {4, 10});
    network.set(network.filterSides(), new int[] {4, 3});
    network.set(network.connectivities(), new String[] {"full", "singlesAndPairs"});
    network.set(network.epochs(), new int[] {1});
    return network;
  }

  private static FeatureMaps ramp(int height, int width) {
    FeatureMaps image = FeatureMaps.zeros(new Shape(1, height, width));
    for (int i = 0; i < image.data().length; i++) {
      image.data()[i] = i % 7 - 3;
    }
    return image;
  }

  private static Dataset<Row> images(FeatureMaps first, FeatureMaps second) {
    return LocalSpark.session()
        .createDataFrame(
            List.of(
                RowFactory.create("folder/0.png", FeatureMapsColumn.toRow(first)),
                RowFactory.create("folder/1.png", FeatureMapsColumn.toRow(second))),
            SCHEMA);
  }
}
