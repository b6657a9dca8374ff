package org.deconvnet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
  private static final Path ROOT = Path.of(System.getProperty("deconvnet.root"));

  @TempDir static Path folder;
  private static SparkSession spark;
  private static String corpus;

  @BeforeAll
  static void drawImages() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "localhost")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
    corpus = BarCorpus.write(folder.resolve("corpus"), 2, 6, 1).toString();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Dataset<Row> images() {
    return ImageCorpus.open(spark, corpus, Set.of(), 0).read(1);
  }

  @Test
  void aPipelineLearnsAndIsSaved() throws IOException {
    String model = folder.resolve("model").toString();
    PipelineExample.main(new String[] {corpus, model});
    Dataset<Row> predicted = PipelineModel.load(model).transform(images());
    assertThat(predicted.where("prediction = number").count())
        .as("of 12 that it was trained on, chance 6")
        .isGreaterThanOrEqualTo(11);
  }

  @Test
  void tuningTriesFourPairsAndKeepsTheBest() {
    CrossValidatorModel best = TuningExample.tune(images());
    assertThat(best.avgMetrics()).hasSize(4);
    assertThat(best.transform(images()).where("prediction = number").count())
        .isGreaterThanOrEqualTo(9);
  }

  @Test
  void sqlTellsEachClassesMapsApart() {
    List<Row> answers = SqlExample.ask(images()).collectAsList();
    assertThat(answers).hasSize(2 * 9);
    assertThat(answers.stream().map(row -> row.getString(0)).distinct())
        .containsExactly("class0", "class1");
    assertThat(answers)
        .allMatch(row -> row.getDouble(2) >= 0)
        .anyMatch(row -> row.getDouble(2) > 0);
  }

  @Test
  void eachIsShorterThanFortyLinesAndTheGuideLeadsToIt() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/guide.md"));
    try (Stream<Path> files =
        Files.list(ROOT.resolve("jobs/src/main/java/org/deconvnet/examples"))) {
      List<Path> examples = files.filter(f -> f.toString().endsWith("Example.java")).toList();
      assertThat(examples).hasSize(3);
      for (Path example : examples) {
        assertThat(Files.readAllLines(example)).as(example.toString()).hasSizeLessThan(40);
        assertThat(guide).contains("org/deconvnet/examples/" + example.getFileName());
      }
    }
  }
}
