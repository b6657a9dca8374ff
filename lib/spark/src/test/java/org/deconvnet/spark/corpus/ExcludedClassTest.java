package org.deconvnet.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExcludedClassTest {
  @TempDir static Path folder;
  private static SparkSession spark;
  private static String corpus;

  @BeforeAll
  static void write() {
    spark = LocalSpark.session();
    corpus = BarCorpus.write(folder.resolve("bars"), 3, 1, 1).toString();
  }

  @Test
  void aClassThatIsThereIsLeftOut() {
    assertThat(ImageCorpus.open(spark, corpus, Set.of("class1"), 0).classes())
        .containsExactly("class0", "class2");
    assertThat(ImageCorpus.open(spark, corpus, Set.of("class2"), 1).classes())
        .containsExactly("class0");
  }

  @Test
  void aClassThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> ImageCorpus.open(spark, corpus, Set.of("class1", "clas2"), 0))
        .isInstanceOfSatisfying(
            NoSuchClassException.class,
            refused -> {
              assertThat(refused.name()).isEqualTo("clas2");
              assertThat(refused.classes()).containsExactly("class0", "class1", "class2");
            })
        .hasMessageContaining("expected a class to leave out among", "got 'clas2'");
  }
}
