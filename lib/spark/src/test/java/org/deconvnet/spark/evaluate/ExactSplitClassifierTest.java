package org.deconvnet.spark.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.classify.PyramidKernel;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.config.ExperimentOptions;
import org.junit.jupiter.api.Test;

class ExactSplitClassifierTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("layer1", new VectorUDT())
          .add("layer2", new VectorUDT());

  /** U+FF01 and U+1F600: Java sorts them one way, Spark the other. */
  @Test
  void aRowKeepsItsLabelWhereJavaAndSparkSortDifferently() {
    for (List<String> classes : List.of(List.of("A", "B"), List.of("😀", "！"))) {
      ExactSplitClassifier classifier = classifier(classes);
      for (Map<String, Double> sum :
          List.of(Map.of("layer1", 1.0), Map.of("layer1", 1.0, "layer2", 1.0))) {
        assertThat(classifier.test(sum).outcome().meanPerClassRate())
            .as("classes %s, kernels %s", classes, sum.keySet())
            .isEqualTo(1);
      }
    }
  }

  /** Its test images lie in the other class' bin: each is taken for the other, half of them far. */
  @Test
  void mistakesAreNamedTheWorstFirst() {
    List<String> classes = List.of("A", "B");
    SplitClassifier.Tested tested =
        classifier(classes, rows(List.of("B", "A"), "swapped")).test(Map.of("layer1", 1.0));
    assertThat(tested.outcome().meanPerClassRate()).isZero();
    assertThat(tested.mistakes()).hasSize(Mistake.MOST);
    double before = Double.POSITIVE_INFINITY;
    for (Mistake mistake : tested.mistakes()) {
      assertThat(mistake.image()).startsWith(mistake.truth() + "/swapped");
      assertThat(mistake.predicted()).isEqualTo(mistake.truth().equals("A") ? "B" : "A");
      assertThat(mistake.margin()).isBetween(1e-6, before);
      before = mistake.margin();
    }
    assertThat(classifier(classes).test(Map.of("layer1", 1.0)).mistakes()).isEmpty();
  }

  private static ExactSplitClassifier classifier(List<String> classes) {
    return classifier(classes, rows(classes, "test"));
  }

  private static ExactSplitClassifier classifier(List<String> classes, Dataset<Row> test) {
    return new ExactSplitClassifier(
        new ExperimentOptions.Classifier("exact", List.of(10.0), 2, List.of()),
        "scalar",
        kernel -> PyramidKernel.INTERSECTION,
        classes,
        rows(classes, "train"),
        test);
  }

  /** The first class has its mass in the first bin, the second in the second. */
  private static Dataset<Row> rows(List<String> classes, String name) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      for (int c = 0; c < 2; c++) {
        double[] bins = {c == 0 ? 0.8 : 0.1, c == 0 ? 0.1 : 0.8, 0.01 * i};
        String label = classes.get(c);
        String path = label + "/" + name + i + ".png";
        rows.add(RowFactory.create(path, label, Vectors.dense(bins), Vectors.dense(bins)));
      }
    }
    return LocalSpark.session().createDataFrame(rows, SCHEMA).repartition(3);
  }
}
