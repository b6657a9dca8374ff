package org.deconvnet.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("score, of 1", DataTypes.DoubleType);

  @TempDir Path folder;

  @Test
  void itIsOneFileWhoseFieldsComeBackAsTheyWere() throws IOException {
    List<Row> rows =
        List.of(
            RowFactory.create(" a/ lead and trail \t", "a", 0.5),
            RowFactory.create("a/comma, \"quotes\".png", "", Double.NaN),
            RowFactory.create("a/two\nlines\r.png", null, null),
            RowFactory.create("a\\b/😀.png", "Zürich", 1e-7));
    Dataset<Row> table = LocalSpark.session().createDataFrame(rows, SCHEMA).repartition(3);
    OutputFolder output =
        OutputFolder.create(LocalSpark.session(), folder.resolve("out").toString(), false);
    CsvFile.write(table.orderBy("path"), output, "table.csv");
    assertThat(Files.readString(folder.resolve("out/table.csv")))
        .isEqualTo(
            """
            path,label,"score, of 1"
            " a/ lead and trail \t",a,0.5
            "a/comma, ""quotes"".png","",NaN
            "a/two
            lines\r.png",,
            a\\b/😀.png,Zürich,1.0E-7
            """);
  }

  @Test
  void sparkReadsTheSameRowsBack() {
    String name = "  \"x\" ,\n y";
    OutputFolder output =
        OutputFolder.create(LocalSpark.session(), folder.resolve("out").toString(), false);
    CsvFile.write(
        LocalSpark.session().createDataFrame(List.of(RowFactory.create(name, null, 2.0)), SCHEMA),
        output,
        "table.csv");
    Dataset<Row> back =
        LocalSpark.session()
            .read()
            .schema(SCHEMA)
            .option("header", "true")
            .option("multiLine", "true")
            .option("escape", "\"")
            .csv(output.path("table.csv"));
    assertThat(back.collectAsList()).containsExactly(RowFactory.create(name, null, 2.0));
  }
}
