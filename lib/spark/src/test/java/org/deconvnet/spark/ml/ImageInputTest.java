package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecoder;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.SparkImageColumn;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.tensor.FeatureMaps;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images as files, as Spark's own column, and as numbers. */
class ImageInputTest {
  private static final StructType SPARK =
      new StructType().add("path", "string").add("picture", SparkImageColumn.SCHEMA);
  private static final StructType NUMBERS =
      new StructType().add("path", "string").add("maps", "int").add("pixels", "array<double>");

  @TempDir static Path folder;
  private static String corpus;
  private static Dataset<Row> files;

  @BeforeAll
  static void drawImages() {
    corpus = BarCorpus.write(folder.resolve("corpus"), 2, 3, 1).toString();
    files = ImageCorpus.open(LocalSpark.session(), corpus, Set.of(), 0).read().persist();
  }

  private static ImagePreprocessor stage(String input) {
    return new ImagePreprocessor()
        .setInputCol(input)
        .setPlainCol("plain")
        .setOptions(PreprocessOptions.DEFAULTS.withLongestSide(32));
  }

  /** Path below the corpus, maps, plain maps. */
  private static List<Row> made(Dataset<Row> images, String input) {
    Dataset<Row> made = stage(input).transform(images);
    assertThat(made.where("error is not null").count()).isZero();
    return made.selectExpr(
            "regexp_extract(path, '(class.*)$', 1) as path",
            "hex(image.values)",
            "hex(plain.values)")
        .orderBy("path")
        .collectAsList();
  }

  @Test
  void sparksOwnImagesGiveTheSameMapsAsFiles() {
    Dataset<Row> images =
        LocalSpark.session()
            .read()
            .format("image")
            .option("recursiveFileLookup", "true")
            .load(corpus)
            .selectExpr("image.origin as path", "image as picture");
    assertThat(made(images, "picture")).isEqualTo(made(files, "content")).hasSize(6);
  }

  @Test
  void numbersWithTheirSizeGiveTheSameMapsAsFiles() {
    List<Row> expected = made(files, "content");
    for (String number : List.of("float", "double")) {
      Dataset<Row> numbers = numbers("array<" + number + ">");
      assertThat(made(numbers, "picture")).isEqualTo(expected);
    }
    assertThat(made(decoded(), "picture")).isEqualTo(expected);
  }

  /** As a user makes them of a plain array. */
  private static Dataset<Row> numbers(String type) {
    return decoded()
        .selectExpr(
            "path",
            "named_struct('maps', picture.maps, 'height', picture.height, 'width', picture.width,"
                + " 'values', cast(pixels as "
                + type
                + ")) as picture");
  }

  /** Decoded files: maps as stages write them, and their numbers as an array. */
  private static Dataset<Row> decoded() {
    List<Row> rows =
        files.collectAsList().stream()
            .map(
                row -> {
                  FeatureMaps maps =
                      ImageDecoder.decode(row.getAs("content"), DecodeLimits.DEFAULT);
                  return RowFactory.create(
                      row.getAs("path"), FeatureMapsColumn.toRow(maps), maps.data());
                })
            .toList();
    return LocalSpark.session()
        .createDataFrame(
            rows,
            new StructType()
                .add("path", "string")
                .add("picture", FeatureMapsColumn.DENSE)
                .add("pixels", "array<float>"));
  }

  @Test
  void aNetworkLearnsTheSameFromArraysAndFromBytes() {
    Dataset<Row> bytes = stage("content").transform(files).select("path", "image");
    Dataset<Row> pixels = arrays(bytes);
    AdaptiveDeconvolutionalNetwork network =
        new AdaptiveDeconvolutionalNetwork().setMaps(3).setFilterSides(5).setEpochs(1);
    AdaptiveDeconvolutionalNetworkModel learned = network.fit(pixels);
    assertThat(learned.network().fingerprint())
        .isEqualTo(network.fit(bytes).network().fingerprint());
    assertThat(layers(learned, pixels)).isEqualTo(layers(learned, bytes)).hasSize(6);
    Dataset<Row> damaged =
        pixels.withColumn(
            "image",
            functions.expr(
                "named_struct('maps', image.maps, 'height', 1, 'width', image.width, 'values', image.values)"));
    assertThatThrownBy(() -> learned.transform(damaged).collectAsList())
        .hasMessageContaining(".png: maps: expected")
        .hasMessageContaining("values for 1x1x");
    assertThatThrownBy(() -> network.fit(damaged)).hasMessageContaining(".png: maps: expected");
  }

  private static Dataset<Row> arrays(Dataset<Row> bytes) {
    List<Row> rows =
        bytes.collectAsList().stream()
            .map(
                row -> {
                  FeatureMaps maps = FeatureMapsColumn.fromRow(row.getStruct(1));
                  return RowFactory.create(
                      row.getString(0),
                      RowFactory.create(maps.maps(), maps.height(), maps.width(), maps.data()));
                })
            .toList();
    return LocalSpark.session()
        .createDataFrame(
            rows, new StructType().add("path", "string").add("image", FeatureMapsColumn.FLOATS));
  }

  private static List<Row> layers(AdaptiveDeconvolutionalNetworkModel model, Dataset<Row> images) {
    return model
        .transform(images)
        .selectExpr("path", "hex(layer1.values)")
        .orderBy("path")
        .collectAsList();
  }

  @Test
  void numbersThatAreNoImageSayWhy() {
    double[] four = {0, 0.5, 1, 0};
    assertThat(errors(1, four)).isNull();
    assertThat(errors(2, four)).contains("expected 1 (grey) or 3 (red, green, blue) maps, got 2");
    assertThat(errors(3, four)).isEqualTo("maps: expected 6 values for 3x1x2, got 4");
    assertThat(errors(0, four)).contains("expected positive maps x height x width");
    assertThat(errors(1, 0, Double.NaN)).contains("expected finite numbers, got NaN");
    assertThat(errors(Collections.nCopies(2, null)))
        .isEqualTo("maps: expected numbers, got null at 0");
    assertThat(errors((Object) null)).contains("expected their size and their values, got a null");
  }

  private static String errors(int maps, double... pixels) {
    int[] height = {maps == 3 ? 1 : Math.max(1, pixels.length / 2 / Math.max(1, maps))};
    return error(maps, height[0], pixels);
  }

  private static String errors(Object pixels) {
    return error(1, 1, pixels);
  }

  /** Of an image two columns wide. */
  private static String error(int maps, int height, Object pixels) {
    Dataset<Row> one =
        LocalSpark.session()
            .createDataFrame(List.of(RowFactory.create("a", maps, pixels)), NUMBERS)
            .selectExpr(
                "path",
                "named_struct('maps', maps, 'height', %d, 'width', 2, 'values', pixels) as picture"
                    .formatted(height));
    return stage("picture").transform(one).select("error").first().getString(0);
  }

  @Test
  void imagesOfSparkThatAreNoneSayWhy() {
    byte[] six = {0, 0, (byte) 255, 0, (byte) 255, 0};
    assertThat(sparkError(1, 2, 3, 16, six)).isNull();
    assertThat(sparkError(-1, -1, -1, -1)).contains("a file that Spark could not decode");
    assertThat(sparkError(1, 2, 3, 21, six)).contains("in 3 channels of OpenCV's mode 21");
    assertThat(sparkError(1, 2, 2, 8, new byte[4])).contains("1, 3 or 4 channels");
    assertThat(sparkError(1, 2, 3, 16, new byte[5])).contains("in 5 bytes");
    ImagePreprocessor small = stage("picture").setMaxPixels(1);
    assertThat(small.transform(spark(1, 2, 3, 16, six)).select("error").first().getString(0))
        .isEqualTo("expected at most 1 pixels, got 1 x 2; raise maxPixels or use a smaller image");
  }

  private static String sparkError(int height, int width, int channels, int mode, byte... data) {
    Dataset<Row> one = spark(height, width, channels, mode, data);
    return stage("picture").transform(one).select("error").first().getString(0);
  }

  private static Dataset<Row> spark(int height, int width, int channels, int mode, byte... data) {
    Row image = RowFactory.create("file:/a.png", height, width, channels, mode, data);
    return LocalSpark.session().createDataFrame(List.of(RowFactory.create("a", image)), SPARK);
  }

  @Test
  void blueComesFirstInSparksPixelsAndTransparencyShowsWhite() {
    byte[] pixels = {0, 51, (byte) 255, (byte) 255, 0, 0, 0, 0};
    Row image = RowFactory.create("file:/a.png", 1, 2, 4, 24, pixels);
    assertThat(SparkImageColumn.toMaps(image, 2).data())
        .containsExactly(1, 1, 51 * (1f / 255), 1, 0, 1);
  }

  @Test
  void aColumnOfAnotherTypeIsRefusedWithThoseThatAreTaken() {
    Dataset<Row> numbers = LocalSpark.session().range(1).toDF("content");
    assertThatThrownBy(() -> new ImagePreprocessor().transform(numbers))
        .hasMessageContaining("expected column 'content' of type binary (files), struct<origin:")
        .hasMessageContaining("values:array<float> or array<double> (maps), got bigint");
  }
}
