package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.deconvnet.classify.PyramidKernel;
import org.deconvnet.describe.ActivationDescriptors;
import org.deconvnet.describe.ActivationOptions;
import org.deconvnet.describe.DescriptorOptions;
import org.deconvnet.describe.DescriptorWeights;
import org.deconvnet.describe.Descriptors;
import org.deconvnet.describe.StrongestActivationResponses;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.adaptive.AdaptiveInference;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.columns.DescriptorsColumn;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.tensor.FeatureMaps;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {
  private static final List<AdaptiveOptions> LAYERS =
      List.of(
          new AdaptiveOptions(6, 5, new PoolSize(2, 2, 2), 2, 6, 2, 6, 2, 0),
          new AdaptiveOptions(8, 3, new PoolSize(2, 2, 2), 1, 6, 1, 6, 2, 0));

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
    long right = model.transform(test).where("label = predictedLabel").count();
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
    // MLlib's optimiser runs hundreds of jobs: one partition spares each of them a shuffle.
    Dataset<Row> features = withoutClassifier().transform(train).coalesce(1);
    Dataset<Row> damaged =
        features.limit(1).withColumn("features", functions.lit(null).cast(new VectorUDT()));
    IntersectionLinearClassifierModel linear =
        new IntersectionLinearClassifier()
            .setLabelCol("number")
            .fit(numbered(features.union(damaged).coalesce(1)));
    Dataset<Row> unseen = withoutClassifier().transform(test);
    assertThat(linear.transform(unseen).where("label = predictedLabel").count())
        .isGreaterThanOrEqualTo(17);
    Row first = linear.transform(unseen).select("prediction", "rawPrediction").first();
    Vector scores = (Vector) first.get(1);
    assertThat(first.getDouble(0)).isEqualTo(scores.argmax()).isIn(0.0, 2.0, 4.0);
    assertThat(scores.apply(1)).isEqualTo(scores.apply(3)).isEqualTo(Double.NEGATIVE_INFINITY);
    String path = folder.resolve("linear").toString();
    linear.write().overwrite().save(path);
    assertThat(predictions(IntersectionLinearClassifierModel.load(path).transform(unseen)))
        .isEqualTo(predictions(linear.transform(unseen)));
  }

  /** Numbers of classes with their names as metadata, and one class without an image. */
  private static Dataset<Row> numbered(Dataset<Row> rows) {
    return rows.withColumn("number", functions.expr("2.0D * int(substr(label, 6))"))
        .withMetadata(
            "number",
            NominalAttribute.defaultAttr()
                .withValues(new String[] {"class0", "none", "class1", "other", "class2"})
                .toMetadata());
  }

  @Test
  void severalKernelsAreSummedAndCComesFromCrossValidation() throws IOException {
    Dataset<Row> images = new ImagePreprocessor().setPlainCol("plain").transform(train);
    Dataset<Row> responses =
        new OrientedGradientMaps().transform(network(model).upTo(1).transform(images));
    SpatialPyramidEncoderModel learned =
        new SpatialPyramidEncoder()
            .setOutputCols("hard", "llc")
            .setCodings("hard", "llc")
            .setVocabulary(20)
            .setLevels(2)
            .fit(responses);
    SpatialPyramidEncoderModel sift =
        new SpatialPyramidEncoder()
            .setInputCol("sift")
            .setImageCol("plain")
            .setOutputCols("gradients")
            .setVocabulary(20)
            .setLevels(2)
            .fit(responses);
    Dataset<Row> vectors = sift.transform(learned.transform(responses));
    PyramidKernelClassifierModel sum =
        new PyramidKernelClassifier()
            .addKernel("hard", PyramidKernel.INTERSECTION, 1)
            .addKernel("llc", PyramidKernel.LINEAR, 0.5)
            .addKernel("gradients", PyramidKernel.INTERSECTION, 1)
            .setC(1, 10)
            .setFolds(2)
            .fit(vectors);
    assertThat(sum.transform(vectors).where("label = predictedLabel").count())
        .as("of 24 that it was trained on, chance 8")
        .isGreaterThanOrEqualTo(22);
    String path = folder.resolve("sum").toString();
    sum.write().overwrite().save(path);
    assertThat(predictions(PyramidKernelClassifierModel.load(path).transform(vectors)))
        .isEqualTo(predictions(sum.transform(vectors)));
    assertThatThrownBy(() -> sum.transform(responses))
        .hasMessageContaining("expected a column 'hard'");
  }

  @Test
  void wordsForSparseCodingAreSavedAndDoNotDependOnPartitions() throws IOException {
    Dataset<Row> responses = withoutEncoder().transform(train);
    SpatialPyramidEncoder encoder =
        new SpatialPyramidEncoder()
            .setOutputCols("hard", "features")
            .setCodings("hard", "sparse")
            .setVocabulary(20)
            .setDescriptorsPerImage(30)
            .setLevels(2);
    SpatialPyramidEncoderModel learned = encoder.fit(responses);
    float[] words = learned.sparseWords().orElseThrow().centres();
    SpatialPyramidEncoderModel other = encoder.fit(responses.repartition(5));
    assertThat(other.sparseWords().orElseThrow().centres()).isEqualTo(words);
    assertThat(learned.codebook().centres()).isNotEqualTo(words);
    String path = folder.resolve("sparse").toString();
    learned.write().overwrite().save(path);
    Vector back = first(SpatialPyramidEncoderModel.load(path).transform(responses));
    assertThat(back).isEqualTo(first(learned.transform(responses)));
    assertThat(back.numNonzeros()).isPositive();
    assertThat(encoder.setOutputCols("hard").setCodings("hard").fit(responses).sparseWords())
        .isEmpty();
  }

  @Test
  void strongestActivationsAreDescribedEncodedAndSaved() throws IOException {
    Dataset<Row> images = new ImagePreprocessor().transform(train).drop("content");
    ActivationOptions activations = new ActivationOptions(6, 0.1, DescriptorWeights.NORM);
    DescriptorOptions descriptors = new DescriptorOptions(8, 4, 2, 0.3);
    StrongestActivationFeatures stage =
        new StrongestActivationFeatures("strongest", network(model).network())
            .setActivations(activations)
            .setDescriptors(descriptors)
            .setOutputCol("strongest");
    Dataset<Row> described = stage.transform(images);
    Row row = described.orderBy("path").select("strongest", "image").first();
    FeatureMaps image = FeatureMapsColumn.fromRow(row.getStruct(1));
    ConvolutionEngine engine = ConvolutionEngines.create(ConvolutionEngines.resolve("auto"));
    ActivationDescriptors expected =
        new ActivationDescriptors(
            new StrongestActivationResponses(engine, network(model).network(), 6)
                .of(
                    image.shape(),
                    new AdaptiveInference(engine, network(model).network()).codes(image)),
            activations,
            descriptors);
    ActivationDescriptors got = DescriptorsColumn.fromRow(row.getStruct(0));
    assertThat(got.activations()).isEqualTo(expected.activations()).isEqualTo(6);
    Iterator<Descriptors> parts = got.iterator();
    for (Descriptors part : expected) {
      Descriptors same = parts.next();
      assertThat(same.values()).isEqualTo(part.values());
      int last = part.count() - 1;
      assertThat(same.row(last)).isEqualTo(part.row(last));
      assertThat(same.column(last)).isEqualTo(part.column(last));
      assertThat(same.share(last)).isEqualTo(part.share(last)).isNotEqualTo(part.share(0));
      assertThat(same.weight(last)).isEqualTo(part.weight(last));
    }
    assertThat(parts.hasNext()).isFalse();
    SpatialPyramidEncoderModel encoder =
        new SpatialPyramidEncoder()
            .setInputCol("strongest")
            .setOutputCols("features")
            .setVocabulary(10)
            .setDescriptorsPerImage(30)
            .fit(described);
    String path = folder.resolve("strongest").toString();
    new PipelineModel("described", List.of(stage, encoder)).write().overwrite().save(path);
    Vector saved = first(PipelineModel.load(path).transform(images));
    assertThat(saved).isEqualTo(first(encoder.transform(described)));
    double sum = java.util.Arrays.stream(saved.toArray()).sum();
    assertThat(sum).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-5));
  }

  private static Vector first(Dataset<Row> rows) {
    return (Vector) rows.orderBy("path").select("features").first().get(0);
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
    Files.deleteIfExists(path.resolve("network/.layer1.npy.crc"));
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
    return predicted.orderBy("path").select("predictedLabel").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static List<Vector> vectors(PipelineModel pipeline) {
    return pipeline.transform(test).orderBy("path").select("features").collectAsList().stream()
        .map(row -> (Vector) row.get(0))
        .toList();
  }
}
