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
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;

class DeconvolutionalNetworkErrorsTest {
  /** Whoever reads an image of these finds none: an error that names a parameter came earlier. */
  private static final StructType SCHEMA =
      new StructType().add("path", DataTypes.StringType).add("image", FeatureMapsColumn.DENSE);

  @Test
  void wrongParametersAreNamedWhenTheyAreSet() {
    assertNotSet(n -> n.setAlphas(1.5), "alphas: expected one or more, each above 0 and at most 1");
    assertNotSet(n -> n.setLambdas(0), "lambdas: expected one or more, each a positive number");
    assertNotSet(n -> n.setKappas(-1), "kappas: expected one or more, each a positive number");
    assertNotSet(n -> n.setBetas(1, 1), "betas: expected one or more positive numbers, strictly");
    assertNotSet(n -> n.setMemory(1.0), "memory: expected at least 0 and below 1, got 1.0");
    assertNotSet(n -> n.setCgSteps(0), "cgSteps: expected at least 1, got 0");
    assertNotSet(n -> n.setEpochs(0), "epochs: expected one or more, each at least 1, got [0]");
    assertNotSet(n -> n.setPasses(0), "passes: expected at least 1, got 0");
    assertNotSet(n -> n.setMaps(), "maps: expected one or more, each from 1 to 32768, got []");
    assertNotSet(n -> n.setConnectivities("full", "nonsense"), "got [full, nonsense]");
    assertNotSet(n -> n.setFilterSteps("leastSquare"), "each one of unitSphere, leastSquares, got");
  }

  @Test
  void layersThatDoNotFitAreNamedBeforeAnyWork() {
    assertRefused(n -> n.setMaps(4, 10, 8), "filterSides: expected 1 value or");
    assertRefused(n -> n.setMaps(4, 11), "connectivity singlesAndPairs: maps: expected 10, got 11");
    assertRefused(n -> connect(n, "1111 0000"), "map 1 is connected to no channel");
    assertRefused(n -> connect(n, "1110 1100"), "channel 3 is reconstructed by no map");
  }

  @Test
  void aPipelineIsRefusedBeforeItsFirstStageWorks() {
    PipelineStage[] stages = {new ImagePreprocessor(), estimator().setAlphas(0.8, 0.5, 0.5)};
    Dataset<Row> files =
        LocalSpark.session()
            .createDataFrame(
                List.<Row>of(),
                new StructType()
                    .add("path", DataTypes.StringType)
                    .add("content", DataTypes.BinaryType));
    assertThatThrownBy(() -> new Pipeline().setStages(stages).fit(files))
        .hasMessageContaining("alphas: expected 1 value or one for each of 2 layers, got 3");
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
    network.setMaps(4, 2).setConnectivities("full", second);
  }

  private static void assertNotSet(Consumer<DeconvolutionalNetwork> change, String saying) {
    assertThatThrownBy(() -> change.accept(estimator()))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining(saying);
  }

  private static void assertRefused(Consumer<DeconvolutionalNetwork> change, String saying) {
    DeconvolutionalNetwork network = estimator();
    change.accept(network);
    Dataset<Row> none = LocalSpark.session().createDataFrame(List.<Row>of(), SCHEMA);
    assertThatThrownBy(() -> network.fit(none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(saying);
    assertThatThrownBy(() -> network.transformSchema(SCHEMA)).hasMessageContaining(saying);
  }

  private static DeconvolutionalNetwork estimator() {
    return new DeconvolutionalNetwork()
        .setPartitions(1)
        .setMaps(4, 10)
        .setFilterSides(4, 3)
        .setConnectivities("full", "singlesAndPairs")
        .setEpochs(1);
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
