package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.learn.LayerOptions;
import org.deconvnet.pool.PoolSize;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.tensor.FeatureMaps;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {
  private static final List<LayerOptions> LAYERS =
      List.of(
          new LayerOptions(6, 5, new PoolSize(2, 2, 2), 2, 6, 2, 6, 2, 0),
          new LayerOptions(8, 3, new PoolSize(2, 2, 2), 1, 6, 1, 6, 2, 0));

  @TempDir static Path folder;
  private static Dataset<Row> train;
  private static Dataset<Row> test;
  private static PipelineModel model;

  @BeforeAll
  static void fitTheWholePipeline() {
    train = read("train", 1).persist();
    test = read("test", 2).persist();
    model = new Pipeline().setStages(stages(1)).fit(train);
  }

  private static Dataset<Row> read(String name, long seed) {
    String path = BarCorpus.write(folder.resolve(name), 3, 8, seed).toString();
    return ImageCorpus.open(LocalSpark.session(), path, Set.of(), 0).read();
  }

  private static PipelineStage[] stages(long seed) {
    return new PipelineStage[] {
      new ImagePreprocessor()
          .setOptions(org.deconvnet.preprocess.PreprocessOptions.DEFAULTS.withLongestSide(48)),
      new AdaptiveDeconvolutionalNetwork().setLayers(LAYERS).setSeed(seed),
      new SpatialPyramidEncoder()
          .setOutputCols("features")
          .setVocabulary(20)
          .setDescriptorsPerImage(30)
          .setLevels(2),
      new PyramidKernelClassifier()
    };
  }

  @Test
  void classifiesImagesItHasNotSeen() {
    long right = model.transform(test).where("label = prediction").count();
    assertThat(right).as("of 24, chance 8").isGreaterThanOrEqualTo(18);
  }

  @Test
  void savedAndLoadedItAnswersTheSame() throws IOException {
    String path = folder.resolve("model").toString();
    model.write().overwrite().save(path);
    PipelineModel back = PipelineModel.load(path);
    assertThat(answers(back)).isEqualTo(answers(model));
    assertThat(vectors(back)).isEqualTo(vectors(model));
    assertThat(network(back).network().fingerprint())
        .isEqualTo(network(model).network().fingerprint());
    assertThatThrownBy(() -> model.save(path)).isInstanceOf(IOException.class);
  }

  @Test
  void anUnfittedPipelineSavesItsSettings() throws IOException {
    String path = folder.resolve("unfitted").toString();
    new Pipeline().setStages(stages(9)).write().overwrite().save(path);
    PipelineStage[] back = Pipeline.load(path).getStages();
    assertThat(((AdaptiveDeconvolutionalNetwork) back[1]).toOptions()).isEqualTo(LAYERS);
    assertThat(((ImagePreprocessor) back[0]).toOptions().longestSide()).isEqualTo(48);
    for (PipelineStage stage : back) {
      assertThat(stage.explainParams()).contains("(default");
    }
  }

  @Test
  void partitionsChangeNeitherFiltersNorVectors() {
    PipelineModel other = new Pipeline().setStages(stages(1)).fit(train.repartition(5));
    assertThat(network(other).network().fingerprint())
        .isEqualTo(network(model).network().fingerprint());
    assertThat(vectors(other)).isEqualTo(vectors(model));
  }

  @Test
  void theLinearClassifierOnTheFeatureMapKeepsUpAndComesBack() throws IOException {
    Dataset<Row> features = withoutClassifier().transform(train).drop("prediction");
    IntersectionLinearClassifierModel linear = new IntersectionLinearClassifier().fit(features);
    Dataset<Row> unseen = withoutClassifier().transform(test);
    assertThat(linear.transform(unseen).where("label = prediction").count())
        .isGreaterThanOrEqualTo(17);
    String path = folder.resolve("linear").toString();
    linear.write().overwrite().save(path);
    assertThat(predictions(IntersectionLinearClassifierModel.load(path).transform(unseen)))
        .isEqualTo(predictions(linear.transform(unseen)));
  }

  @Test
  void codesAreSparseAndRebuildTheirMaps() {
    Dataset<Row> images = new ImagePreprocessor().transform(test).drop("content");
    Row code = network(model).codes(images).select("layer1").first().getStruct(0);
    List<Integer> indices = code.getList(3);
    List<Float> values = code.getList(4);
    int entries = code.getInt(0) * code.getInt(1) * code.getInt(2);
    assertThat(indices).hasSameSizeAs(values).isNotEmpty();
    assertThat(indices).allMatch(i -> i >= 0 && i < entries);
    // Pooling 2 x 2 x 2 leaves at most one entry in eight, partial blocks aside.
    assertThat(indices.size()).isLessThan(entries / 6);
  }

  @Test
  void mapsSurviveTheColumn() {
    FeatureMaps maps = FeatureMaps.zeros(new org.deconvnet.tensor.Shape(2, 3, 5));
    for (int i = 0; i < 30; i++) {
      maps.data()[i] = i * 0.1f - 1;
    }
    FeatureMaps back = FeatureMapsColumn.fromRow(FeatureMapsColumn.toRow(maps));
    assertThat(back.shape()).isEqualTo(maps.shape());
    assertThat(back.data()).isEqualTo(maps.data());
  }

  @Test
  void aMissingColumnAndAWrongTypeAreNamed() {
    AdaptiveDeconvolutionalNetwork network = new AdaptiveDeconvolutionalNetwork();
    assertThatThrownBy(() -> network.fit(train))
        .hasMessageContaining("expected a column 'image', got columns [path, label, content]");
    assertThatThrownBy(() -> network.setInputCol("content").fit(train))
        .hasMessageContaining("expected column 'content' of type struct");
  }

  @Test
  void aVocabularyLargerThanTheSampleIsRefused() {
    Dataset<Row> responses = withoutEncoder().transform(train);
    assertThatThrownBy(() -> new SpatialPyramidEncoder().setVocabulary(100000).fit(responses))
        .hasMessageContaining("expected at least 100000 descriptors");
  }

  @Test
  void damagedModelFilesAreNamed() throws IOException {
    Path path = folder.resolve("damaged");
    network(model).write().overwrite().save(path.toString());
    Path filters = path.resolve("network/layer1.npy");
    byte[] bytes = Files.readAllBytes(filters);
    bytes[bytes.length - 1] ^= 3;
    Files.delete(path.resolve("network/.layer1.npy.crc"));
    Files.write(filters, bytes);
    assertThatThrownBy(() -> AdaptiveDeconvolutionalNetworkModel.load(path.toString()))
        .hasMessageContaining("damaged");
  }

  private static PipelineModel withoutClassifier() {
    return new PipelineModel("features", List.of(model.stages()).subList(0, 3));
  }

  private static PipelineModel withoutEncoder() {
    return new PipelineModel("responses", List.of(model.stages()).subList(0, 2));
  }

  private static AdaptiveDeconvolutionalNetworkModel network(PipelineModel pipeline) {
    return (AdaptiveDeconvolutionalNetworkModel) pipeline.stages()[1];
  }

  private static List<String> answers(PipelineModel pipeline) {
    return predictions(pipeline.transform(test));
  }

  private static List<String> predictions(Dataset<Row> predicted) {
    return predicted.orderBy("path").select("prediction").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static List<Vector> vectors(PipelineModel pipeline) {
    return pipeline.transform(test).orderBy("path").select("features").collectAsList().stream()
        .map(row -> (Vector) row.get(0))
        .toList();
  }
}
