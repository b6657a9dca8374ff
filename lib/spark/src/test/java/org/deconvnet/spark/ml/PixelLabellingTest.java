package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.label.LabelCounts;
import org.deconvnet.label.LabelMap;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.LabelColumn;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.exec.LabelMeasures;
import org.deconvnet.spark.exec.RoundListener;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vertical and horizontal stripes, side by side: what a pixel is, its colour does not tell. */
class PixelLabellingTest {
  private static final Shape IMAGE = new Shape(1, 12, 16);
  private static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("image", FeatureMapsColumn.DENSE)
          .add("labels", LabelColumn.TYPE)
          .add("layer1", FeatureMapsColumn.DENSE);

  @TempDir Path folder;

  private static Row row(int number) {
    SplittableRandom random = new SplittableRandom(number);
    int border = 4 + random.nextInt(8);
    int phase = random.nextInt(2);
    FeatureMaps image = FeatureMaps.zeros(IMAGE);
    byte[] labels = new byte[IMAGE.plane()];
    for (int y = 0; y < IMAGE.height(); y++) {
      for (int x = 0; x < IMAGE.width(); x++) {
        boolean left = x < border;
        image.set(0, y, x, ((left ? x : y) + phase) % 2);
        labels[y * IMAGE.width() + x] = (byte) (left ? 0 : 1);
      }
    }
    labels[0] = (byte) LabelMap.VOID;
    return RowFactory.create(
        "image" + number,
        FeatureMapsColumn.toRow(image),
        LabelColumn.toRow(new LabelMap(IMAGE.height(), IMAGE.width(), labels)),
        FeatureMapsColumn.toRow(edges(image)));
  }

  /** A layer that knows: how much each pixel differs from the next one, across and down. */
  private static FeatureMaps edges(FeatureMaps image) {
    FeatureMaps edges = FeatureMaps.zeros(new Shape(2, IMAGE.height() - 1, IMAGE.width() - 1));
    for (int y = 0; y < edges.height(); y++) {
      for (int x = 0; x < edges.width(); x++) {
        edges.set(0, y, x, Math.abs(image.get(0, y, x) - image.get(0, y, x + 1)));
        edges.set(1, y, x, Math.abs(image.get(0, y, x) - image.get(0, y + 1, x)));
      }
    }
    return edges;
  }

  private static Dataset<Row> images(int from, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      rows.add(row(i));
    }
    return LocalSpark.session().createDataFrame(rows, SCHEMA);
  }

  private static PixelLabelling encoder(int epochs) {
    return new PixelLabelling()
        .setWidths(8, 12)
        .setConvolutions(1)
        .setMaxIter(epochs)
        .setRate(0.02)
        .setGroupImages(4)
        .setBatchGroups(2);
  }

  private static double meanIu(PixelLabellingModel model) {
    Dataset<Row> labelled = model.transform(images(100, 6));
    LabelCounts counts = LabelMeasures.of(labelled.select("labels", "predictedLabels"), 2);
    return counts.meanIu();
  }

  @Test
  void anEncoderLearnsWhatColourAndPlaceDoNotTell() {
    double place = meanIu(encoder(25).setWidths().fit(images(0, 16)));
    assertThat(meanIu(encoder(25).fit(images(0, 16)))).isGreaterThan(place + 0.1);
  }

  @Test
  void aFrozenLayerThatKnowsIsScored() {
    PixelLabellingModel model =
        encoder(25)
            .setWidths()
            .setLayerCols("layer1")
            .setStrides(2)
            .setRate(0.1)
            .fit(images(0, 16));
    assertThat(meanIu(model)).isGreaterThan(0.85);
    assertThat(model.training().orElseThrow().losses()).hasSize(25);
  }

  @Test
  void partitionsChangeNoBit() {
    String one = fingerprint(encoder(2).setPartitions(1).fit(images(0, 17).repartition(1)));
    assertThat(fingerprint(encoder(2).setPartitions(2).fit(images(0, 17).repartition(5))))
        .isEqualTo(one);
    assertThat(fingerprint(encoder(2).setSeed(2).fit(images(0, 17)))).isNotEqualTo(one);
  }

  private static String fingerprint(PixelLabellingModel model) {
    return model.network().fingerprint();
  }

  @Test
  void aTrainingThatStoppedEndsWithTheSameBits() {
    String whole = fingerprint(encoder(3).fit(images(0, 16)));
    Checkpointing checkpointing = Checkpointing.in(folder.resolve("checkpoint").toString());
    RoundListener stopping =
        progress -> {
          if (progress.epoch() == 2) {
            throw new IllegalStateException("stopped");
          }
        };
    assertThatThrownBy(
            () ->
                encoder(3).setCheckpointing(checkpointing).setListener(stopping).fit(images(0, 16)))
        .hasMessage("stopped");
    List<Integer> epochs = new ArrayList<>();
    PixelLabellingModel resumed =
        encoder(3)
            .setCheckpointing(checkpointing)
            .setListener(progress -> epochs.add(progress.epoch()))
            .fit(images(0, 16));
    assertThat(epochs).doesNotContain(1);
    assertThat(fingerprint(resumed)).isEqualTo(whole);
    assertThat(resumed.training().orElseThrow().losses()).hasSize(3);
  }

  @Test
  void aSavedModelLabelsAsBefore() throws Exception {
    PixelLabellingModel model = encoder(1).fit(images(0, 16));
    String path = folder.resolve("model").toString();
    model.save(path);
    Dataset<Row> others = images(100, 2);
    assertThat(PixelLabellingModel.load(path).transform(others).collectAsList())
        .isEqualTo(model.transform(others).collectAsList());
  }

  @Test
  void whatCannotBeLearnedFromIsNamedBeforeLearning() {
    Dataset<Row> oneClass =
        images(0, 4).map((MapFunction<Row, Row>) PixelLabellingTest::allOne, Encoders.row(SCHEMA));
    assertThatThrownBy(() -> encoder(1).fit(oneClass))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("expected pixels of at least two classes, got class 1 alone");
    assertThatThrownBy(() -> encoder(1).setWidths(2, 2, 2, 2).fit(images(0, 4)))
        .hasMessageContaining("expected images of at least 16 x 16 pixels");
    assertThatThrownBy(() -> encoder(1).setWidths().setLayerCols("layer1").fit(images(0, 4)))
        .hasMessage("head: strides: expected one for each of the layers, 1, got 0");
    PixelLabellingModel model = encoder(1).fit(images(0, 8));
    Dataset<Row> small =
        LocalSpark.session()
            .createDataFrame(
                List.of(
                    RowFactory.create(
                        "small", FeatureMapsColumn.toRow(FeatureMaps.zeros(new Shape(1, 12, 15))))),
                new StructType()
                    .add("path", DataTypes.StringType)
                    .add("image", FeatureMapsColumn.DENSE));
    assertThatThrownBy(() -> model.transform(small).collectAsList())
        .hasMessageContaining("small: image: expected 1x12x16")
        .hasMessageContaining("got 1x12x15");
  }

  private static Row allOne(Row row) {
    byte[] ones = new byte[IMAGE.plane()];
    Arrays.fill(ones, (byte) 1);
    return RowFactory.create(
        row.get(0),
        row.get(1),
        LabelColumn.toRow(new LabelMap(IMAGE.height(), IMAGE.width(), ones)),
        row.get(3));
  }
}
