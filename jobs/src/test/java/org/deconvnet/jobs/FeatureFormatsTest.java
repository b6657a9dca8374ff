package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.store.NpyArray;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code extract} writes, as readers other than this program see it. */
@Tag("slow")
class FeatureFormatsTest {
  /** 20 words, in 1 + 4 + 16 cells, of each of two layers. */
  private static final int LENGTH = 2 * 20 * 21;

  private static final int IMAGES = 12;

  @TempDir static Path folder;
  private static Path corpus;
  private static Path model;
  private static Path bare;

  @BeforeAll
  static void trainOnce() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 3, 4, 1);
    model = folder.resolve("model");
    String text = TinyConfig.withEpochs(1, TinyConfig.quickstart());
    Path config = Files.writeString(folder.resolve("tiny.yaml"), text);
    Result result = run("train", "--config", config, "--input", corpus, "--output", model);
    assertThat(result.code()).as(result.err()).isZero();
    bare = TinyModel.train(folder, "bare", TinyConfig.withoutFeatures(text), corpus);
  }

  private static Path extract(String name, Path from, Object... options) throws IOException {
    Path out = folder.resolve(name);
    List<Object> words =
        new ArrayList<>(List.of("extract", "--model", from, "--input", corpus, "--output", out));
    words.addAll(List.of(options));
    Result result = run(words.toArray());
    assertThat(result.code()).as(result.err()).isZero();
    return out;
  }

  private static NpyArray npy(Path out) throws IOException {
    try (InputStream in = Files.newInputStream(out.resolve("features.npy"))) {
      return NpyArray.read(in, "features.npy");
    }
  }

  /** Rows of all files of a folder, by the reader of Parquet's own examples: no Spark. */
  private static List<Group> parquet(Path folder) throws IOException {
    List<Group> rows = new ArrayList<>();
    for (File file : folder.toFile().listFiles((dir, name) -> name.endsWith(".parquet"))) {
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toURI()))
              .build()) {
        for (Group row = reader.read(); row != null; row = reader.read()) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private static float[] list(Group row, String field) {
    Group list = row.getGroup(field, 0);
    float[] numbers = new float[list.getFieldRepetitionCount(0)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = list.getGroup(0, i).getFloat(0, 0);
    }
    return numbers;
  }

  @Test
  void theSameVectorsAreInTheMatrixAndInParquetsPlainColumns() throws IOException {
    Path matrix = extract("matrix", model, "--pyramids", "--format", "npy");
    NpyArray array = npy(matrix);
    assertThat(array.shape()).containsExactly(IMAGES, LENGTH);
    assertThat(metrics(matrix).path("length").asInt()).isEqualTo(LENGTH);
    assertThat(metrics(matrix).path("words").asText()).isEqualTo("model");
    List<String> names = Files.readAllLines(matrix.resolve("images.csv"));
    assertThat(names).hasSize(IMAGES + 1).startsWith("row,path,label");
    assertThat(names.get(1)).startsWith("0,class0/").endsWith(",class0");
    Map<String, float[]> byPath = new HashMap<>();
    for (Group row : parquet(extract("table", model, "--pyramids").resolve("features"))) {
      byPath.put(row.getString("path", 0), list(row, "features"));
    }
    assertThat(byPath).hasSize(IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      float[] row = Arrays.copyOfRange(array.data(), i * LENGTH, (i + 1) * LENGTH);
      assertThat(byPath.get(names.get(i + 1).split(",")[1])).containsExactly(row);
      assertThat(row).contains(0f);
      assertThat(row).isNotEqualTo(new float[LENGTH]);
    }
  }

  @Test
  void mllibReadsLibsvmBackWithClassesAsNumbers() throws IOException {
    Path out = extract("svm", model, "--pyramids", "--format", "libsvm");
    float[] expected = npy(extract("dense", model, "--pyramids", "--format", "npy")).data();
    List<String> names = Files.readAllLines(out.resolve("images.csv"));
    assertThat(metrics(out).path("labels").toString())
        .isEqualTo("[\"class0\",\"class1\",\"class2\"]");
    try (SparkSession spark = LocalSession.start()) {
      List<Row> rows = new ArrayList<>();
      // Files in the order of their names hold the rows in the order of images.csv.
      for (File part : parts(out.resolve("features.libsvm"))) {
        rows.addAll(
            spark
                .read()
                .format("libsvm")
                .option("numFeatures", LENGTH)
                .load(part.toString())
                .collectAsList());
      }
      assertThat(rows).hasSize(IMAGES);
      for (int i = 0; i < IMAGES; i++) {
        assertThat(names.get(i + 1)).endsWith(",class" + (int) rows.get(i).getDouble(0));
        double[] got = rows.get(i).<Vector>getAs(1).toArray();
        for (int at = 0; at < LENGTH; at++) {
          assertThat((float) got[at]).isEqualTo(expected[i * LENGTH + at]);
        }
      }
    }
  }

  private static List<File> parts(Path folder) {
    return Arrays.stream(folder.toFile().listFiles((dir, name) -> name.startsWith("part-")))
        .sorted()
        .toList();
  }

  @Test
  void wordsThatAreLearnedAreKeptAndUsedAgain() throws IOException {
    Path config = folder.resolve("tiny.yaml");
    Path first =
        extract("first", bare, "--pyramids", "--config", config, "--format", "npy", "--seed", "5");
    assertThat(metrics(first).path("words").asText()).isEqualTo("these images");
    Path again = extract("again", bare, "--pyramids", "--words", first, "--format", "npy");
    assertThat(npy(again).data()).containsExactly(npy(first).data());
    Path other =
        extract("other", bare, "--pyramids", "--config", config, "--format", "npy", "--seed", "6");
    assertThat(npy(other).data()).isNotEqualTo(npy(first).data());
  }

  /** The arrays of an NPZ file whose numbers take four bytes, as they lie. */
  private static Map<String, ByteBuffer> npz(Path file) throws IOException {
    Map<String, ByteBuffer> arrays = new HashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        ByteBuffer all =
            ByteBuffer.wrap(zip.getInputStream(entry).readAllBytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        all.position(10 + all.getShort(8));
        arrays.put(entry.getName().replace(".npy", ""), all.slice().order(all.order()));
      }
    }
    return arrays;
  }

  @Test
  void encodeWritesTheSameEntriesForScipy() throws IOException {
    Path table = extract("scipy-table", model, "--entries", "--layers", "1");
    Path out = folder.resolve("npz");
    Result result =
        run("encode", "--model", model, "--input", corpus, "--output", out, "--format", "npz");
    assertThat(result.code()).as(result.err()).isZero();
    int counted = 0;
    for (Group row : parquet(table.resolve("entries"))) {
      String path = row.getString("path", 0);
      Map<String, ByteBuffer> code = npz(out.resolve("entries/" + path + ".layer1.npz"));
      assertThat(code).containsOnlyKeys("row", "col", "data", "shape", "format", "maps");
      int place =
          row.getInteger("row", 0) * row.getInteger("width", 0) + row.getInteger("column", 0);
      int at = indexOf(code, row.getInteger("map", 0), place);
      assertThat(code.get("data").getFloat(4 * at)).isEqualTo(row.getFloat("value", 0));
      assertThat(code.get("maps").getInt(4)).isEqualTo(row.getInteger("height", 0));
      assertThat(code.get("shape").getLong(0)).isEqualTo(row.getInteger("maps", 0));
      if (++counted == 200) {
        return;
      }
    }
    assertThat(counted).isPositive();
  }

  private static int indexOf(Map<String, ByteBuffer> code, int map, int place) {
    ByteBuffer rows = code.get("row");
    for (int e = 0; e < rows.capacity() / 4; e++) {
      if (rows.getInt(4 * e) == map && code.get("col").getInt(4 * e) == place) {
        return e;
      }
    }
    throw new AssertionError("no entry at map %d, place %d".formatted(map, place));
  }

  @Test
  void npzIsForEntriesAlone() {
    for (String kind : List.of("--pyramids", "--layers=1")) {
      Result result =
          run(
              "extract",
              "--model",
              model,
              "--input",
              corpus,
              "--output",
              folder.resolve("none"),
              kind,
              "--format",
              "npz");
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).contains("--format npz: expected --entries with it");
    }
  }

  @Test
  void entriesSayWhereEachNumberOfACodeLies() throws IOException {
    Path entries = extract("entries", model, "--entries", "--layers", "1");
    Map<String, Float> sparse = new HashMap<>();
    for (Group row : parquet(entries.resolve("entries"))) {
      String place =
          "%s %d %d %d"
              .formatted(
                  row.getString("path", 0),
                  row.getInteger("map", 0),
                  row.getInteger("row", 0),
                  row.getInteger("column", 0));
      assertThat(sparse.put(place, row.getFloat("value", 0))).as(place).isNull();
    }
    int counted = 0;
    for (Group row : parquet(extract("codes", model, "--layers", "1").resolve("features"))) {
      Group code = row.getGroup("features", 0);
      int width = code.getInteger("width", 0);
      int plane = code.getInteger("height", 0) * width;
      Group indices = code.getGroup("indices", 0);
      for (int i = 0; i < indices.getFieldRepetitionCount(0); i++, counted++) {
        int at = indices.getGroup(0, i).getInteger(0, 0);
        String place =
            "%s %d %d %d"
                .formatted(row.getString("path", 0), at / plane, at % plane / width, at % width);
        assertThat(sparse).containsEntry(place, list(code, "values")[i]);
      }
    }
    assertThat(counted).isPositive().isEqualTo(sparse.size());
  }

  @Test
  void whatDoesNotGoTogetherIsRefusedBeforeWork() throws IOException {
    refused("--format npy: expected --pyramids with it", model, "--format", "npy");
    refused("--layers: expected none with --pyramids", model, "--pyramids", "--layers", "1");
    refused("--words, --config, --seed: expected --pyramids", model, "--seed", "1");
    refused("expected features.vocabularies in the model's configuration", bare, "--pyramids");
    Path codes = extract("none", bare, "--layers", "1");
    refused("expected what 'extract --pyramids' wrote", bare, "--pyramids", "--words", codes);
  }

  private static void refused(String says, Path from, Object... options) throws IOException {
    Path out = folder.resolve("refused");
    List<Object> words =
        new ArrayList<>(List.of("extract", "--model", from, "--input", corpus, "--output", out));
    words.addAll(List.of(options));
    Result result = run(words.toArray());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains(says);
    assertThat(out).doesNotExist();
  }
}
