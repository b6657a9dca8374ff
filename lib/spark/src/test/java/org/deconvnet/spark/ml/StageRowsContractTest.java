package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every stage does with no row, one row, rows of nulls, and partitions without rows. */
class StageRowsContractTest {
  private static final int ROWS = 4;

  /** Stages that want two classes. */
  private static final Set<String> CLASSIFIERS =
      Set.of("PyramidKernelClassifier", "IntersectionLinearClassifier", "LinearPyramidClassifier");

  static Set<String> stages() {
    return ExampleStages.ALL.keySet();
  }

  @ParameterizedTest
  @MethodSource("stages")
  void aDataFrameWithoutRowsGivesNoneAndTeachesNothing(String name) {
    PipelineStage stage = stage(name);
    Dataset<Row> none = dataset(name, List.of());
    if (stage instanceof Transformer transformer) {
      Dataset<Row> made = transformer.transform(none);
      assertThat(made.collectAsList()).isEmpty();
      assertThat(made.columns()).isEqualTo(stage.transformSchema(none.schema()).fieldNames());
    } else {
      assertThatThrownBy(() -> ((Estimator<?>) stage).fit(none))
          .isInstanceOf(UserErrorException.class)
          .hasMessage(stage.uid() + ": expected at least one usable row, got no row at all");
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  void oneRowIsEnoughButForAClassifier(String name) {
    PipelineStage stage = stage(name);
    Dataset<Row> one = dataset(name, ExampleStages.ALL.get(name).rows(1));
    if (CLASSIFIERS.contains(name)) {
      assertThatThrownBy(() -> ((Estimator<?>) stage).fit(one))
          .isInstanceOf(UserErrorException.class)
          .hasMessage(stage.uid() + ": expected at least two classes, got [a]");
    } else {
      List<Row> made = learned(stage, one).transform(one).collectAsList();
      assertThat(made).hasSize(1);
      assertThat(made.get(0).isNullAt(ofStage(stage, made.get(0)))).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  void partitionsWithoutRowsChangeNothing(String name) {
    Dataset<Row> together = dataset(name, ExampleStages.ALL.get(name).rows(ROWS)).coalesce(1);
    Dataset<Row> apart = together.repartition(6);
    assertThat(apart.javaRDD().glom().filter(List::isEmpty).count()).isPositive();
    assertThat(answers(learned(stage(name), apart), apart))
        .isEqualTo(answers(learned(stage(name), together), together))
        .hasSize(ROWS);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void rowsOfNullsTeachNothingAndStayOrGo(String name) {
    List<Row> rows = new ArrayList<>(ExampleStages.ALL.get(name).rows(ROWS));
    Dataset<Row> good = dataset(name, rows);
    rows.add(1, RowFactory.create(new Object[rows.get(0).length()]));
    Dataset<Row> withNulls = dataset(name, rows);
    Transformer learned = learned(stage(name), withNulls);
    assertThat(answers(learned, good)).isEqualTo(answers(learned(stage(name), good), good));
    List<Row> kept = learned.transform(withNulls).collectAsList();
    assertThat(kept).hasSize(ROWS + 1);
    assertThat(kept.get(1).isNullAt(ofStage(learned, kept.get(1)))).isTrue();
    learned.set("handleInvalid", "skip");
    assertThat(learned.transform(withNulls).count()).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void nothingButNullsIsAnErrorForWhoeverLearns(String name) {
    if (stage(name) instanceof Estimator<?> estimator) {
      Row nulls = RowFactory.create(new Object[ExampleStages.ALL.get(name).columns().size()]);
      assertThatThrownBy(() -> estimator.fit(dataset(name, List.of(nulls, nulls))))
          .isInstanceOf(UserErrorException.class)
          .hasMessageStartingWith(
              estimator.uid()
                  + ": expected at least one usable row, got 2, none of them usable; the first: ");
    }
  }

  /** With settings that learn fast. */
  private static PipelineStage stage(String name) {
    PipelineStage stage = ExampleStages.ALL.get(name).make().get();
    if (stage instanceof LayerwiseParams<?> network) {
      network.setMaps(3);
      network.setFilterSides(5);
      network.setEpochs(1);
    }
    if (stage instanceof SpatialPyramidEncoder encoder) {
      encoder.setVocabulary(4).setMaxIter(3);
    }
    if (stage instanceof PixelPursuit pursuit) {
      pursuit.setAtoms(6).setMaxIter(3);
    }
    return stage;
  }

  private static Dataset<Row> dataset(String name, List<Row> rows) {
    return LocalSpark.session()
        .createDataFrame(rows, ExampleStages.ALL.get(name).schema(null, false));
  }

  private static Transformer learned(PipelineStage stage, Dataset<Row> rows) {
    return stage instanceof Estimator<?> estimator ? estimator.fit(rows) : (Transformer) stage;
  }

  /** Index of a column that the stage has added. */
  private static int ofStage(PipelineStage stage, Row made) {
    return stage instanceof DecodingStage ? made.fieldIndex("image") : made.length() - 1;
  }

  /** A hash a row, in the order of hashes. */
  private static long[] answers(Transformer learned, Dataset<Row> rows) {
    Dataset<Row> made = learned.transform(rows);
    Column[] all = Arrays.stream(made.columns()).map(Columns::named).toArray(Column[]::new);
    return made.select(functions.xxhash64(all)).collectAsList().stream()
        .mapToLong(row -> row.getLong(0))
        .sorted()
        .toArray();
  }
}
