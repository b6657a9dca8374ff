package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deconvnet.dictionary.FilterStep.Kind.LEAST_SQUARES;
import static org.deconvnet.dictionary.FilterStep.Kind.UNIT_SPHERE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.dictionary.ConnectivityPlan;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.deconvolutional.DeconvolutionalInference;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeconvolutionalNetworkTest {
  private static final BetaSchedule SCHEDULE = BetaSchedule.of(1, 30, 900);
  private static final List<DeconvolutionalOptions> LAYERS =
      List.of(
          new DeconvolutionalOptions(
              4, 5, ConnectivityPlan.FULL, 5, 1, 0.8, 2, 6, 0.2, UNIT_SPHERE, SCHEDULE),
          new DeconvolutionalOptions(
              10,
              3,
              ConnectivityPlan.SINGLES_AND_PAIRS,
              3,
              0.5,
              0.5,
              1,
              6,
              0.2,
              LEAST_SQUARES,
              SCHEDULE));

  @TempDir static Path folder;
  private static Dataset<Row> train;
  private static Dataset<Row> images;
  private static PipelineModel model;

  @BeforeAll
  static void fitTheWholePipeline() {
    train = read("train", 1).persist();
    images = preprocessor().transform(read("test", 2)).drop("content").persist();
    model = new Pipeline().setStages(stages()).fit(train);
  }

  private static Dataset<Row> read(String name, long seed) {
    String path = BarCorpus.write(folder.resolve(name), 3, 4, seed).toString();
    return ImageCorpus.open(LocalSpark.session(), path, Set.of(), 0).read();
  }

  private static ImagePreprocessor preprocessor() {
    return new ImagePreprocessor()
        .setOptions(PreprocessOptions.NETWORK_2010.withGrey(true).withLongestSide(32));
  }

  private static DeconvolutionalNetwork estimator() {
    return new DeconvolutionalNetwork().setLayers(LAYERS).setSeed(4);
  }

  private static PipelineStage[] stages() {
    return new PipelineStage[] {
      preprocessor(),
      estimator(),
      new SpatialPyramidEncoder()
          .setOutputCols("features")
          .setVocabulary(15)
          .setDescriptorsPerImage(20)
          .setMaxIter(5)
          .setLevels(2),
      new PyramidKernelClassifier()
    };
  }

  @Test
  void classifiesImagesItHasNotSeen() {
    Dataset<Row> rows = images.drop("error");
    for (int stage = 1; stage < 4; stage++) {
      rows = model.stages()[stage].transform(rows);
    }
    assertThat(rows.where("label = predictedLabel").count())
        .as("of 12, chance 4")
        .isGreaterThanOrEqualTo(8);
  }

  @Test
  void mapsGrowByTheFiltersOfEveryLayerBelow() {
    for (Row row : network().transform(images).collectAsList()) {
      FeatureMaps image = maps(row, "image");
      assertThat(maps(row, "layer1").shape())
          .isEqualTo(new Shape(4, image.height() + 4, image.width() + 4));
      assertThat(maps(row, "layer2").shape())
          .isEqualTo(new Shape(10, image.height() + 6, image.width() + 6));
    }
  }

  @Test
  void sparseCodesAreThoseOfInference() {
    DeconvolutionalInference inference =
        new DeconvolutionalInference(ConvolutionEngines.create("auto"), network().network());
    Row row = network().codes(images).first();
    List<FeatureMaps> expected = inference.sparseCodes(maps(row, "image"));
    for (int number = 1; number <= 2; number++) {
      FeatureMaps x = unpacked(row.getStruct(row.fieldIndex("layer" + number)));
      assertThat(x.shape()).isEqualTo(expected.get(number - 1).shape());
      assertThat(x.data()).isEqualTo(expected.get(number - 1).data());
      assertThat(x.nonZeros()).isBetween(1, x.data().length / 2);
    }
  }

  @Test
  void savedAndLoadedItAnswersTheSame() throws IOException {
    String path = folder.resolve("model").toString();
    model.write().overwrite().save(path);
    DeconvolutionalNetworkModel back =
        (DeconvolutionalNetworkModel) PipelineModel.load(path).stages()[1];
    assertThat(back.network().fingerprint()).isEqualTo(network().network().fingerprint());
    assertThat(back.training()).isEmpty();
    assertThat(numbers(back.transform(images))).isDeepEqualTo(numbers(network().transform(images)));
    assertThat(sorted(back.codes(images))).isEqualTo(sorted(network().codes(images)));
  }

  @Test
  void theUnfittedEstimatorSavesItsSettings() throws IOException {
    String path = folder.resolve("unfitted").toString();
    estimator().setPasses(3).setPartitions(2).setEngine("vector").save(path);
    DeconvolutionalNetwork back = DeconvolutionalNetwork.load(path);
    assertThat(back.toOptions()).isEqualTo(LAYERS);
    assertThat(back.get(back.passes()).get()).isEqualTo(3);
    assertThat(back.get(back.seed()).get()).isEqualTo(4L);
    assertThat(back.get(back.engine()).get()).isEqualTo("vector");
  }

  @Test
  void partitionsChangeNoBitOfTheNetwork() {
    Dataset<Row> prepared = preprocessor().transform(train).drop("content").persist();
    for (int partitions : new int[] {1, 2, 5}) {
      DeconvolutionalNetworkModel other =
          estimator().setPartitions(partitions).fit(prepared.repartition(partitions));
      assertThat(other.network().fingerprint())
          .as("%d partitions", partitions)
          .isEqualTo(network().network().fingerprint());
    }
    prepared.unpersist();
  }

  @Test
  void everyParameterIsExplained() {
    assertThat(new DeconvolutionalNetwork().explainParams().lines())
        .isNotEmpty()
        .allMatch(line -> line.matches("\\w+: .{10,} \\(default: .+\\)"));
    assertThat(network().explainParams()).contains("inputCol: ", "engine: ");
  }

  private static DeconvolutionalNetworkModel network() {
    return (DeconvolutionalNetworkModel) model.stages()[1];
  }

  private static FeatureMaps maps(Row row, String column) {
    return FeatureMapsColumn.fromRow(row.getStruct(row.fieldIndex(column)));
  }

  private static FeatureMaps unpacked(Row code) {
    FeatureMaps x = FeatureMaps.zeros(new Shape(code.getInt(0), code.getInt(1), code.getInt(2)));
    List<Integer> indices = code.getList(3);
    List<Float> values = code.getList(4);
    for (int i = 0; i < indices.size(); i++) {
      x.data()[indices.get(i)] = values.get(i);
    }
    return x;
  }

  private static float[][] numbers(Dataset<Row> transformed) {
    return transformed.orderBy("path").collectAsList().stream()
        .map(row -> maps(row, "layer2").data())
        .toArray(float[][]::new);
  }

  private static List<String> sorted(Dataset<Row> codes) {
    return codes.orderBy("path").select("layer1", "layer2").collectAsList().stream()
        .map(Row::toString)
        .toList();
  }
}
