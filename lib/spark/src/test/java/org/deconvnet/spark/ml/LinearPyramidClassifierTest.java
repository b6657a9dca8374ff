package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.classify.PyramidKernel;
import org.deconvnet.spark.LocalSpark;
import org.junit.jupiter.api.Test;

class LinearPyramidClassifierTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("first", new VectorUDT())
          .add("second", new VectorUDT());

  /** Of each class one entry is large, in both columns. */
  private static Dataset<Row> rows(int perClass, int partitions) {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 3 * perClass; i++) {
      rows.add(
          RowFactory.create(
              "image%03d".formatted(i),
              "class" + i % 3,
              vector(random, i % 3, 8),
              vector(random, i % 3, 5)));
    }
    return LocalSpark.session().createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  private static Vector vector(Random random, int label, int size) {
    double[] values = new double[size];
    for (int j = 0; j < size; j++) {
      values[j] = random.nextBoolean() ? 0 : 0.4 * random.nextDouble();
    }
    values[label] += 0.5;
    return Vectors.dense(values).compressed();
  }

  private static LinearPyramidClassifier classifier() {
    return new LinearPyramidClassifier().setFeaturesCols("first", "second").setWeights(1, 0.5);
  }

  private static List<Row> answers(Dataset<Row> answered) {
    return answered.orderBy("path").select("predictedLabel", "rawPrediction").collectAsList();
  }

  @Test
  void partitionsChangeNoBit() {
    List<Row> one = answers(classifier().fit(rows(10, 1)).transform(rows(10, 1)));
    List<Row> many = answers(classifier().fit(rows(10, 7)).transform(rows(10, 4)));
    assertThat(many).isEqualTo(one);
  }

  @Test
  void itAgreesWithTheKernelMachineOfTheSameKernel() {
    List<Row> linear = answers(classifier().fit(rows(20, 2)).transform(rows(20, 2)));
    List<Row> exact =
        answers(
            new PyramidKernelClassifier()
                .addKernel("first", PyramidKernel.LINEAR, 1)
                .addKernel("second", PyramidKernel.LINEAR, 0.5)
                .fit(rows(20, 2))
                .transform(rows(20, 2)));
    int same = 0;
    int right = 0;
    for (int i = 0; i < linear.size(); i++) {
      same += linear.get(i).getString(0).equals(exact.get(i).getString(0)) ? 1 : 0;
      right += linear.get(i).getString(0).equals("class" + i % 3) ? 1 : 0;
    }
    assertThat(same).isGreaterThanOrEqualTo(57);
    assertThat(right).isGreaterThanOrEqualTo(57);
  }

  @Test
  void columnsAndWeightsHaveToFit() {
    assertThatThrownBy(() -> classifier().setWeights(1).fit(rows(2, 1)))
        .hasMessageContaining("weights: expected 2, one for each of featuresCols, got 1");
  }
}
