package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What classifiers take and add, on made-up features. */
class ClassifierColumnsTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("features", new VectorUDT());

  /** By falling frequency, as StringIndexer numbers: c, b, a. */
  private static final Dataset<Row> ROWS = rows(4, 6, 8).persist();

  @TempDir Path folder;

  private static Dataset<Row> rows(int... ofClass) {
    List<Row> rows = new ArrayList<>();
    for (int c = 0; c < ofClass.length; c++) {
      for (int i = 0; i < ofClass[c]; i++) {
        double[] bins = {0.1, 0.1, 0.1, 0.01 * i};
        bins[c] = 0.7;
        String label = String.valueOf((char) ('a' + c));
        rows.add(RowFactory.create(label + "/" + i, label, Vectors.dense(bins)));
      }
    }
    return LocalSpark.session().createDataFrame(rows, SCHEMA).repartition(2);
  }

  private static StringIndexer indexer() {
    return new StringIndexer().setInputCol("label").setOutputCol("labelIndex");
  }

  private static MulticlassClassificationEvaluator evaluator() {
    return new MulticlassClassificationEvaluator()
        .setLabelCol("labelIndex")
        .setMetricName("accuracy");
  }

  @Test
  void namesAreNumberedInTheirSortedOrder() {
    Dataset<Row> predicted = new PyramidKernelClassifier().fit(ROWS).transform(ROWS);
    assertThat(namesOf(predicted, "prediction")).containsExactly("a", "b", "c");
    for (Row row :
        predicted
            .select("label", "prediction", "predictedLabel", "rawPrediction")
            .collectAsList()) {
      assertThat(row.getString(2)).isEqualTo(row.getString(0));
      assertThat(row.getDouble(1)).isEqualTo(row.getString(0).charAt(0) - 'a');
      Vector scores = (Vector) row.get(3);
      assertThat(scores.size()).isEqualTo(3);
      assertThat(scores.argmax()).isEqualTo((int) row.getDouble(1));
    }
  }

  @Test
  void numbersOfStringIndexerStayAsTheyAreAndBringTheirNames() {
    Dataset<Row> indexed = indexer().fit(ROWS).transform(ROWS);
    Dataset<Row> predicted =
        new PyramidKernelClassifier().setLabelCol("labelIndex").fit(indexed).transform(indexed);
    assertThat(namesOf(predicted, "prediction")).containsExactly("c", "b", "a");
    assertThat(predicted.where("prediction = labelIndex and predictedLabel = label").count())
        .isEqualTo(18);
    assertThat(evaluator().evaluate(predicted)).isEqualTo(1);
    Dataset<Row> named =
        new IndexToString().setInputCol("prediction").setOutputCol("name").transform(predicted);
    assertThat(named.where("name = label").count()).isEqualTo(18);
  }

  @Test
  void aClassWithoutATrainingImageKeepsItsNumberAndNeverWins() throws IOException {
    Dataset<Row> indexed = indexer().fit(ROWS).transform(ROWS);
    Dataset<Row> without = indexed.where("label != 'b'");
    PyramidKernelClassifierModel fitted =
        new PyramidKernelClassifier().setLabelCol("labelIndex").fit(without);
    String path = folder.resolve("exact").toString();
    fitted.save(path);
    for (Transformer model : List.of(fitted, PyramidKernelClassifierModel.load(path))) {
      Dataset<Row> predicted = model.transform(indexed);
      assertThat(namesOf(predicted, "prediction")).containsExactly("c", "b", "a");
      assertThat(predicted.where("label != 'b' and prediction = labelIndex").count()).isEqualTo(12);
      for (Row row : predicted.select("rawPrediction").collectAsList()) {
        assertThat(((Vector) row.get(0)).apply(1)).isEqualTo(Double.NEGATIVE_INFINITY);
      }
    }
  }

  @Test
  void numbersWithoutMetadataAreTheirOwnNames() {
    Dataset<Row> whole =
        ROWS.withColumn("number", functions.expr("cast(ascii(label) - 97 as int)"));
    Dataset<Row> predicted =
        new PyramidKernelClassifier().setLabelCol("number").fit(whole).transform(whole);
    assertThat(predicted.where("predictedLabel = cast(number as string)").count()).isEqualTo(18);
    Dataset<Row> broken = ROWS.withColumn("number", functions.expr("ascii(label) / 2"));
    assertThatThrownBy(() -> new PyramidKernelClassifier().setLabelCol("number").fit(broken))
        .hasMessageContaining("label column 'number': expected whole numbers of classes from 0");
  }

  @Test
  void crossValidationChoosesC() {
    PyramidKernelClassifier classifier = new PyramidKernelClassifier().setLabelCol("labelIndex");
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {indexer(), classifier});
    ParamMap[] grid = {
      new ParamMap().put(classifier.c(), new double[] {1e-9}),
      new ParamMap().put(classifier.c(), new double[] {10})
    };
    CrossValidatorModel best =
        new CrossValidator()
            .setEstimator(pipeline)
            .setEvaluator(evaluator())
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setSeed(5)
            .fit(ROWS);
    assertThat(best.avgMetrics()[1]).isEqualTo(1).isGreaterThan(best.avgMetrics()[0]);
    assertThat(evaluator().evaluate(best.transform(ROWS))).isEqualTo(1);
    assertThat(
            new TrainValidationSplit()
                .setEstimator(pipeline)
                .setEvaluator(evaluator())
                .setEstimatorParamMaps(grid)
                .setSeed(5)
                .fit(ROWS)
                .validationMetrics()[1])
        .isEqualTo(1);
  }

  @Test
  void scoresServeABinaryEvaluator() {
    Dataset<Row> two = indexer().fit(ROWS.where("label != 'c'")).transform(rows(5, 7));
    Dataset<Row> predicted =
        new PyramidKernelClassifier().setLabelCol("labelIndex").fit(two).transform(two);
    assertThat(new BinaryClassificationEvaluator().setLabelCol("labelIndex").evaluate(predicted))
        .isEqualTo(1);
  }

  @Test
  void columnsCanBeNamedOrLeftOutAndAreCheckedBeforeAnyWork() {
    PyramidKernelClassifier classifier =
        new PyramidKernelClassifier()
            .setRawPredictionCol("")
            .setPredictionCol("number")
            .setPredictedLabelCol("name");
    assertThat(classifier.fit(ROWS).transform(ROWS).columns())
        .containsExactly("path", "label", "features", "number", "name");
    Dataset<Row> taken = ROWS.withColumn("name", functions.lit(1));
    assertThatThrownBy(() -> classifier.fit(taken))
        .hasMessageContaining("column 'name' is there already");
    assertThatThrownBy(() -> classifier.setLabelCol("features").transformSchema(SCHEMA))
        .hasMessageContaining("expected column 'features' of type string");
    assertThatThrownBy(() -> classifier.setLabelCol("class").transformSchema(SCHEMA))
        .hasMessageContaining("expected a column 'class'");
  }

  @Test
  void rowsWithoutLabelFeaturesOrIdAreLeftOutOfAFit() {
    Dataset<Row> all =
        ROWS.union(
            LocalSpark.session()
                .createDataFrame(
                    List.of(
                        RowFactory.create("x/unlabelled", null, Vectors.dense(1, 1, 1, 1)),
                        RowFactory.create("x/damaged", "a", null)),
                    SCHEMA));
    List<Vector> expected = scores(new PyramidKernelClassifier().fit(ROWS), ROWS);
    assertThat(scores(new PyramidKernelClassifier().fit(all), ROWS)).isEqualTo(expected);
    Dataset<Row> kept = new PyramidKernelClassifier().fit(all).transform(all);
    assertThat(kept.count()).isEqualTo(20);
    assertThat(kept.where("path = 'x/unlabelled'").first().isNullAt(3)).isFalse();
    assertThat(
            kept.where("rawPrediction is null and prediction is null and predictedLabel is null")
                .select("path")
                .collectAsList())
        .containsExactly(RowFactory.create("x/damaged"));
    assertThatThrownBy(() -> new PyramidKernelClassifier().setHandleInvalid("error").fit(all))
        .rootCause()
        .hasMessageContaining("x/")
        .hasMessageContaining("expected a value in column");
    assertThatThrownBy(
            () ->
                new PyramidKernelClassifier()
                    .fit(ROWS.withColumn("label", functions.lit(null).cast("string"))))
        .hasMessageContaining("expected at least one usable row, got 18, none of them usable")
        .hasMessageContaining("expected a value in column 'label', got null");
  }

  private static List<Vector> scores(Transformer model, Dataset<Row> rows) {
    return model.transform(rows).orderBy("path").select("rawPrediction").collectAsList().stream()
        .map(row -> (Vector) row.get(0))
        .toList();
  }

  private static List<String> namesOf(Dataset<Row> rows, String column) {
    Attribute attribute = Attribute.fromStructField(rows.schema().apply(column));
    return Arrays.asList(((NominalAttribute) attribute).values().get());
  }

  @Test
  void aPipelineComesBackWithItsColumns() throws IOException {
    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  indexer(), new PyramidKernelClassifier().setLabelCol("labelIndex")
                })
            .fit(ROWS);
    String path = folder.resolve("pipeline").toString();
    model.save(path);
    Dataset<Row> back = PipelineModel.load(path).transform(ROWS);
    assertThat(back.schema()).isEqualTo(model.transform(ROWS).schema());
    assertThat(scores(PipelineModel.load(path), ROWS)).isEqualTo(scores(model, ROWS));
  }
}
