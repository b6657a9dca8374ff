package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** Spark's tuning over λ and the number of words. */
@Tag("slow")
class TuningTest {
  @TempDir static Path folder;
  private static Dataset<Row> images;

  private final AdaptiveDeconvolutionalNetwork network =
      new AdaptiveDeconvolutionalNetwork().setMaps(3).setFilterSides(5).setEpochs(1);
  private final SpatialPyramidEncoder encoder =
      new SpatialPyramidEncoder()
          .setOutputCols("features")
          .setDescriptorsPerImage(20)
          .setMaxIter(2)
          .setLevels(1);
  private final Pipeline pipeline =
      new Pipeline()
          .setStages(
              new PipelineStage[] {
                new StringIndexer().setInputCol("label").setOutputCol("number"),
                new ImagePreprocessor()
                    .setHandleInvalid("skip")
                    .setOptions(PreprocessOptions.DEFAULTS.withLongestSide(32)),
                network,
                encoder,
                new PyramidKernelClassifier().setLabelCol("number")
              });
  private final MulticlassClassificationEvaluator evaluator =
      new MulticlassClassificationEvaluator().setLabelCol("number").setMetricName("accuracy");

  @BeforeAll
  static void drawImages() {
    String path = BarCorpus.write(folder.resolve("corpus"), 2, 6, 1).toString();
    images = ImageCorpus.open(LocalSpark.session(), path, Set.of(), 0).read(1).persist();
  }

  /** Each λ with each number of words. */
  private ParamMap[] grid(double... lambdas) {
    List<double[]> candidates = Arrays.stream(lambdas).mapToObj(l -> new double[] {l}).toList();
    return new ParamGridBuilder()
        .addGrid(network.lambdas(), CollectionConverters.asScala(candidates))
        .addGrid(encoder.vocabulary(), new int[] {2, 8})
        .build();
  }

  @Test
  void crossValidationChoosesLambdaAndWordsAndIsSaved() throws IOException {
    CrossValidatorModel best =
        new CrossValidator()
            .setEstimator(pipeline)
            .setEvaluator(evaluator)
            .setEstimatorParamMaps(grid(0.5, 2))
            .setNumFolds(2)
            .setSeed(1)
            .fit(images);
    assertThat(Arrays.stream(best.avgMetrics())).hasSize(4).allMatch(one -> one > 0 && one <= 1);
    assertChosen(best.bestModel(), best.getEstimatorParamMaps()[largest(best.avgMetrics())]);
    String path = folder.resolve("tuned").toString();
    best.write().overwrite().save(path);
    CrossValidatorModel back = CrossValidatorModel.load(path);
    assertThat(predictions(back.transform(images))).isEqualTo(predictions(best.transform(images)));
    assertThat(back.avgMetrics()).isEqualTo(best.avgMetrics());
  }

  @Test
  void aSplitForValidationChoosesLambdaAndWords() {
    TrainValidationSplitModel best =
        new TrainValidationSplit()
            .setEstimator(pipeline)
            .setEvaluator(evaluator)
            .setEstimatorParamMaps(grid(2))
            .setTrainRatio(0.7)
            .setSeed(1)
            .fit(images);
    assertThat(best.validationMetrics()).hasSize(2);
    assertChosen(best.bestModel(), best.getEstimatorParamMaps()[largest(best.validationMetrics())]);
  }

  private static int largest(double[] metrics) {
    int at = 0;
    for (int i = 1; i < metrics.length; i++) {
      at = metrics[i] > metrics[at] ? i : at;
    }
    return at;
  }

  private void assertChosen(Object model, ParamMap chosen) {
    PipelineModel fitted = (PipelineModel) model;
    AdaptiveDeconvolutionalNetworkModel learned =
        (AdaptiveDeconvolutionalNetworkModel) fitted.stages()[2];
    assertThat(learned.network().layers().get(0).lambda())
        .isEqualTo(chosen.get(network.lambdas()).get()[0]);
    assertThat(((SpatialPyramidEncoderModel) fitted.stages()[3]).getWords())
        .isEqualTo(chosen.get(encoder.vocabulary()).get());
  }

  private static List<Row> predictions(Dataset<Row> predicted) {
    return predicted.select("path", "rawPrediction", "prediction").orderBy("path").collectAsList();
  }
}
