package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.dictionary.ConnectivityPlan;
import org.deconvnet.dictionary.FilterStep;
import org.deconvnet.network.adaptive.Ablation;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are no image, in every stage. */
class HandleInvalidTest {
  private static final List<AdaptiveOptions> LAYERS =
      List.of(new AdaptiveOptions(4, 5, new PoolSize(2, 2, 2), 2, 3, 1, 6, 1, 0));
  private static final String DAMAGED = "class1/damaged.jpg";

  private static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("content", DataTypes.BinaryType);

  @TempDir static Path folder;
  private static Dataset<Row> good;
  private static Dataset<Row> bad;
  private static Dataset<Row> all;
  private static PipelineModel model;

  @BeforeAll
  static void fitOnGoodAndBadRows() {
    String path = BarCorpus.write(folder.resolve("corpus"), 2, 4, 1).toString();
    good = ImageCorpus.open(LocalSpark.session(), path, Set.of(), 0).read(2).persist();
    byte[] image = good.first().getAs("content");
    bad = rows(noImage(), RowFactory.create("class0/null.png", "class0", null));
    all =
        bad.union(good)
            .union(
                rows(
                    RowFactory.create(null, "class0", image),
                    RowFactory.create("unlabelled.png", null, image)));
    model = new Pipeline().setStages(stages()).fit(all);
  }

  private static Row noImage() {
    return RowFactory.create(
        DAMAGED, "class1", "no picture at all".getBytes(StandardCharsets.UTF_8));
  }

  private static Dataset<Row> rows(Row... rows) {
    return LocalSpark.session().createDataFrame(List.of(rows), SCHEMA);
  }

  private static ImagePreprocessor preprocessor() {
    return new ImagePreprocessor()
        .setOptions(PreprocessOptions.DEFAULTS.withLongestSide(32))
        .setPlainCol("plain");
  }

  private static AdaptiveDeconvolutionalNetwork network() {
    return new AdaptiveDeconvolutionalNetwork().setLayers(LAYERS);
  }

  private static PipelineStage[] stages() {
    return new PipelineStage[] {
      preprocessor(),
      network(),
      new SpatialPyramidEncoder()
          .setOutputCols("features")
          .setVocabulary(10)
          .setDescriptorsPerImage(20)
          .setMaxIter(3)
          .setLevels(2),
      new PyramidKernelClassifier()
    };
  }

  @Test
  void estimatorsLearnFromTheGoodRowsAloneAndCountTheOthers() {
    Dataset<Row> labelled = good.union(rows(unlabelled()));
    PipelineModel clean = new Pipeline().setStages(stages()).fit(labelled);
    assertThat(network(model).network().fingerprint())
        .isEqualTo(network(clean).network().fingerprint());
    assertThat(network(model).training().orElseThrow().leftOut()).isEqualTo(3);
    assertThat(network(clean).training().orElseThrow().leftOut()).isZero();
    assertThat(answers(model.transform(good))).isEqualTo(answers(clean.transform(good)));
  }

  private static Row unlabelled() {
    return RowFactory.create("unlabelled.png", null, good.first().getAs("content"));
  }

  private static AdaptiveDeconvolutionalNetworkModel network(PipelineModel pipeline) {
    return (AdaptiveDeconvolutionalNetworkModel) pipeline.stages()[1];
  }

  private static List<Row> answers(Dataset<Row> predicted) {
    return predicted
        .select("path", "features", "rawPrediction", "predictedLabel")
        .orderBy("path")
        .collectAsList();
  }

  @Test
  void badRowsPassThroughAllStagesAsNullsAndSayWhy() {
    Dataset<Row> predicted = model.transform(all).persist();
    assertThat(predicted.count()).isEqualTo(12);
    for (Row row : predicted.where("error is not null").orderBy("path").collectAsList()) {
      for (int added = row.fieldIndex("error") + 1; added < row.length(); added++) {
        assertThat(row.get(added)).as(row.schema().fieldNames()[added]).isNull();
      }
    }
    List<Row> why =
        predicted
            .where("error is not null")
            .select("path", "error")
            .orderBy("path")
            .collectAsList();
    assertThat(why).hasSize(2);
    assertThat(why.get(0))
        .isEqualTo(
            RowFactory.create("class0/null.png", "expected the bytes of an image file, got null"));
    assertThat(why.get(1).getString(0)).isEqualTo(DAMAGED);
    // Neither an id nor a label is needed for an answer.
    assertThat(predicted.where("error is null and prediction is not null").count()).isEqualTo(10);
    assertThat(network(model).codes(preprocessor().transform(bad)).where("layer1 is null").count())
        .isEqualTo(2);
    predicted.unpersist();
  }

  /** Every stage that has inputs to look at, on rows of one good and two bad images. */
  @Test
  void everyStageKeepsSkipsOrFails() {
    Dataset<Row> prepared =
        preprocessor().transform(bad.union(good.limit(1))).drop("content").persist();
    Dataset<Row> answered = model.transform(bad.union(good.limit(1))).persist();
    Dataset<Row> paired = prepared.withColumn(AblatedMaps.ANOTHER, functions.col("image"));
    check(preprocessor(), bad.union(good.limit(1)));
    check(network(model).copy(ParamMap.empty()), prepared);
    check(new StrongestActivationFeatures("strongest", network(model).network()), prepared);
    check(new OrientedGradientMaps(), prepared);
    check(new AblatedMaps(network(model).network(), Ablation.OWN_SWITCHES, "scalar"), paired);
    check(model.stages()[2], answered.select("path", "error", "image", "layer1"));
    check(model.stages()[3], answered.select("path", "error", "features"));
    check(twentyTen().fit(prepared), prepared);
    check(linear(), answered.select("path", "error", "features"));
  }

  /** MLlib's optimiser would run thousands of jobs. */
  private static IntersectionLinearClassifierModel linear() {
    Vector features = (Vector) model.transform(good).select("features").first().get(0);
    Vector flat = Vectors.zeros(IntersectionLinearClassifier.mappedVector(features, 1).size());
    LinearSVCModel[] machines = {
      new LinearSVCModel("one", flat, 0.5), new LinearSVCModel("two", flat, -0.5)
    };
    return new IntersectionLinearClassifierModel(
        "linear",
        new String[] {"one", "two"},
        new int[] {0, 1},
        1,
        new OneVsRestModel("rest", Metadata.empty(), machines));
  }

  private static DeconvolutionalNetwork twentyTen() {
    return new DeconvolutionalNetwork()
        .setLayers(
            List.of(
                new DeconvolutionalOptions(
                    2,
                    3,
                    ConnectivityPlan.FULL,
                    1,
                    1,
                    0.8,
                    1,
                    2,
                    0,
                    FilterStep.Kind.UNIT_SPHERE,
                    BetaSchedule.standard())));
  }

  private static void check(Transformer stage, Dataset<Row> rows) {
    Param<Object> choice = param(stage);
    assertThat(stage.getOrDefault(choice)).isEqualTo("keep");
    Dataset<Row> made = stage.transform(rows);
    int added = made.schema().fieldIndex(stage instanceof ImagePreprocessor ? "image" : last(made));
    List<Row> kept = made.collectAsList();
    assertThat(kept).as(stage.uid()).hasSize(3);
    assertThat(kept.stream().filter(row -> row.isNullAt(added))).as(stage.uid()).hasSize(2);
    List<Row> skipped =
        stage.copy(new ParamMap().put(choice, "skip")).transform(rows).collectAsList();
    assertThat(skipped).as(stage.uid()).hasSize(1);
    assertThat(skipped.get(0).isNullAt(added)).as(stage.uid()).isFalse();
    Transformer strict = stage.copy(new ParamMap().put(choice, "error"));
    assertThatThrownBy(() -> strict.transform(rows.where("path = '" + DAMAGED + "'")).collect())
        .rootCause()
        .hasMessageStartingWith(stage.uid() + ": " + DAMAGED + ": ")
        .hasMessageContaining("set handleInvalid to keep or skip");
    assertThatThrownBy(() -> stage.set(choice, "drop")).hasMessageContaining("handleInvalid");
  }

  private static String last(Dataset<Row> rows) {
    return rows.columns()[rows.columns().length - 1];
  }

  private static Param<Object> param(Params stage) {
    return stage.getParam("handleInvalid");
  }

  @Test
  void whereNoRowIsUsableAnEstimatorSaysSoBeforeAnyWork() {
    Dataset<Row> prepared = preprocessor().transform(bad).drop("content").persist();
    for (PipelineStage stage : List.of(network(), twentyTen())) {
      assertThatThrownBy(() -> ((Estimator<?>) stage).fit(prepared))
          .hasMessageContaining("expected at least one usable row, got 2, none of them usable")
          .hasMessageContaining("the first: " + DAMAGED + ": image: expected a JPEG");
    }
    assertThatThrownBy(() -> new SpatialPyramidEncoder().fit(network(model).transform(prepared)))
        .hasMessageContaining("got 2, none of them usable");
    assertThatThrownBy(() -> network().setHandleInvalid("error").fit(prepared))
        .rootCause()
        .hasMessageContaining("set handleInvalid to keep or skip");
  }

  /** What StringIndexer knows of numbers comes through all stages. */
  @Test
  void tuningTakesAWholePipelineAndSkipsWhatIsNoImage() {
    PipelineStage[] stages = stages();
    stages[0] = preprocessor().setHandleInvalid("skip");
    stages[3] = new PyramidKernelClassifier().setLabelCol("labelIndex");
    StringIndexer indexer =
        new StringIndexer()
            .setInputCol("label")
            .setOutputCol("labelIndex")
            .setStringOrderType("alphabetDesc");
    TrainValidationSplitModel best =
        new TrainValidationSplit()
            .setEstimator(
                new Pipeline()
                    .setStages(new PipelineStage[] {indexer, new Pipeline().setStages(stages)}))
            .setEvaluator(new MulticlassClassificationEvaluator().setLabelCol("labelIndex"))
            .setEstimatorParamMaps(new ParamMap[] {ParamMap.empty()})
            .setSeed(3)
            .fit(bad.union(good));
    assertThat(best.validationMetrics()).hasSize(1).doesNotContain(0);
    Dataset<Row> predicted = best.transform(bad.union(good));
    assertThat(predicted.count()).isEqualTo(8);
    assertThat(predicted.where("prediction = labelIndex and predictedLabel = label").count())
        .as("of 8 that it was trained on")
        .isGreaterThanOrEqualTo(7);
    assertThat(predicted.where("labelIndex = if(label = 'class1', 0, 1)").count()).isEqualTo(8);
  }

  @Test
  void theChoiceIsSavedAndAPipelineFromBeforeThereWasOneStillLoads() throws IOException {
    String path = folder.resolve("saved").toString();
    List<Transformer> stages = new ArrayList<>(List.of(model.stages()));
    stages.set(0, preprocessor().setHandleInvalid("skip"));
    new PipelineModel("saved", stages).save(path);
    assertThat(((ImagePreprocessor) PipelineModel.load(path).stages()[0]).getHandleInvalid())
        .isEqualTo("skip");
    forget(Path.of(path));
    PipelineModel old = PipelineModel.load(path);
    for (Transformer stage : old.stages()) {
      assertThat(stage.getOrDefault(param(stage))).as(stage.uid()).isEqualTo("keep");
    }
    assertThat(answers(old.transform(good))).isEqualTo(answers(model.transform(good)));
  }

  /** Takes from a saved pipeline all that this version added to what stages save. */
  private static void forget(Path pipeline) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(pipeline)) {
      files = found.filter(f -> f.toString().contains("/metadata/")).toList();
    }
    for (Path file : files) {
      if (file.getFileName().toString().endsWith(".crc")) {
        Files.delete(file);
      } else if (file.getFileName().toString().startsWith("part-")) {
        String text = Files.readString(file);
        for (String name : List.of("handleInvalid", "rawPredictionCol", "predictedLabelCol")) {
          text = text.replaceAll(",?\"" + name + "\":\"[^\"]*\"", "");
        }
        Files.writeString(file, text.replace("{,", "{"));
      }
    }
  }
}
