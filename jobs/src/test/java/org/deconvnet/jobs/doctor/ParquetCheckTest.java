package org.deconvnet.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetCheckTest extends OwnSpark {
  @TempDir Path folder;

  @Test
  void aTableComesBackAndLeavesNothing() {
    Check check = ParquetCheck.in(spark, folder);
    assertThat(check.verdict()).as(check.line()).isEqualTo(Verdict.OK);
    assertThat(check.found()).isEqualTo("a table of 4 rows came back");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Check check = ParquetCheck.in(spark, folder.resolve("gone"));
    assertThat(check.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(check.found()).contains(folder.resolve("gone").toString());
  }

  @Test
  void aCodecThatCannotBeLoadedIsToldWithARemedy() {
    String key = "spark.sql.parquet.compression.codec";
    String usual = spark.conf().get(key);
    spark.conf().set(key, "lzo");
    try {
      Check check = ParquetCheck.in(spark, folder);
      assertThat(check.verdict()).isEqualTo(Verdict.PROBLEM);
      assertThat(check.line()).contains("cannot be stored", "LzoCodec", key);
      assertThat(folder).isEmptyDirectory();
    } finally {
      spark.conf().set(key, usual);
    }
  }

  @Test
  void aTableThatLostRowsIsAProblem() {
    assertThat(ParquetCheck.of(List.of()).verdict()).isEqualTo(Verdict.PROBLEM);
  }
}
