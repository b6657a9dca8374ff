package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.onnx.TinyNetworks;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network of a file as a stage. */
class OnnxNetworkTest {
  private static final StructType SCHEMA =
      new StructType().add("path", DataTypes.StringType).add("image", FeatureMapsColumn.DENSE);
  private static final int ROWS = 11;

  @TempDir Path folder;

  private static CnnNetwork network() {
    return CnnNetwork.read(
        "tiny.onnx",
        TinyNetworks.convolution().build().toByteArray(),
        CnnOptions.DEFAULTS.withLayers(List.of("convolved", "rectified")));
  }

  private static FeatureMaps image(int seed) {
    Random random = new Random(seed);
    FeatureMaps image = FeatureMaps.zeros(new Shape(1, 20, 24));
    for (int i = 0; i < image.data().length; i++) {
      image.data()[i] = random.nextFloat();
    }
    return image;
  }

  /** The fourth has no image. */
  private static Dataset<Row> rows(int partitions) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(RowFactory.create("image" + i, i == 3 ? null : FeatureMapsColumn.toRow(image(i))));
    }
    return LocalSpark.session().createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  private static List<Row> values(OnnxNetwork stage, int partitions) {
    return stage.transform(rows(partitions)).orderBy("path").collectAsList();
  }

  @Test
  void layersAreTheNetworksForAnyBatchAndPartitions() {
    List<Row> all = values(new OnnxNetwork("tiny", network()), 1);
    assertThat(all).hasSize(ROWS);
    for (Row row : all) {
      if (row.getString(0).equals("image3")) {
        assertThat(row.isNullAt(2)).isTrue();
        assertThat(row.isNullAt(3)).isTrue();
        continue;
      }
      int number = Integer.parseInt(row.getString(0).substring("image".length()));
      var record = network().forward().run(List.of(image(number))).get(0);
      assertThat(FeatureMapsColumn.fromRow(row.getStruct(2)).data())
          .isEqualTo(record.values().get("convolved").data());
      assertThat(FeatureMapsColumn.fromRow(row.getStruct(3)).data())
          .isEqualTo(record.values().get("rectified").data());
    }
    for (int batch : new int[] {1, 3, 100}) {
      OnnxNetwork stage = new OnnxNetwork("tiny", network()).setBatchSize(batch);
      assertThat(hashes(stage.transform(rows(4))))
          .isEqualTo(hashes(new OnnxNetwork("tiny", network()).transform(rows(1))));
    }
  }

  private static List<Long> hashes(Dataset<Row> rows) {
    return rows
        .orderBy("path")
        .select(functions.xxhash64(functions.col("layer1"), functions.col("layer2")))
        .collectAsList()
        .stream()
        .map(row -> row.getLong(0))
        .toList();
  }

  @Test
  void sparseLayersHoldWhatIsNotZero() {
    OnnxNetwork stage = new OnnxNetwork("tiny", network()).setLayerValues("codes");
    Row row = values(stage, 2).get(0);
    float[] rectified =
        network().forward().run(List.of(image(0))).get(0).values().get("rectified").data();
    int[] indices = FeatureMapsColumn.indices(row.getStruct(3));
    float[] kept = FeatureMapsColumn.values(row.getStruct(3));
    assertThat(indices).isNotEmpty().hasSizeLessThan(rectified.length);
    for (int i = 0; i < indices.length; i++) {
      assertThat(kept[i]).isEqualTo(rectified[indices[i]]);
    }
  }

  @Test
  void anImageOfAnotherSizeIsNamed() {
    Dataset<Row> wrong =
        LocalSpark.session()
            .createDataFrame(
                List.of(
                    RowFactory.create(
                        "odd.png",
                        FeatureMapsColumn.toRow(FeatureMaps.zeros(new Shape(1, 24, 20))))),
                SCHEMA);
    assertThatThrownBy(() -> new OnnxNetwork("tiny", network()).transform(wrong).collectAsList())
        .hasStackTraceContaining("odd.png: image: expected shape 1x20x24, got 1x24x20");
  }

  @Test
  void aPipelineOfItIsSavedWithTheNetworksFile() throws Exception {
    Path file = folder.resolve("net.onnx");
    Files.write(file, TinyNetworks.convolution().build().toByteArray());
    OnnxNetwork stage = OnnxNetwork.of(LocalSpark.session(), file.toString(), CnnOptions.DEFAULTS);
    assertThat(stage.crop().getRows()).isEqualTo(20);
    assertThat(stage.crop().getColumns()).isEqualTo(24);
    assertThat(stage.crop().getResize()).isEqualTo(23);
    assertThat(stage.crop().getColours()).isFalse();
    Pipeline pipeline =
        new Pipeline().setStages(new PipelineStage[] {stage, new MapVectorizer().setGrid(2)});
    PipelineModel model = pipeline.fit(rows(2));
    String saved = folder.resolve("saved").toString();
    model.write().save(saved);
    Files.delete(file);
    List<Row> before = features(model, 3);
    assertThat(features(PipelineModel.load(saved), 1)).isEqualTo(before).hasSize(ROWS);
    assertThat(before.get(0).<Vector>getAs("features").size()).isEqualTo(2 * 4);
  }

  private static List<Row> features(PipelineModel model, int partitions) {
    return model.transform(rows(partitions)).orderBy("path").select("features").collectAsList();
  }

  @Test
  void whatIsNoNetworkIsNamed() {
    String missing = folder.resolve("missing.onnx").toString();
    assertThatThrownBy(() -> OnnxNetwork.of(LocalSpark.session(), missing, CnnOptions.DEFAULTS))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("missing.onnx: expected a file, found none");
    assertThatThrownBy(
            () ->
                OnnxNetwork.of(
                    LocalSpark.session(), folder.resolve("net.pb").toString(), CnnOptions.DEFAULTS))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("net.pb: expected an ONNX file, whose name ends with .onnx");
  }
}
