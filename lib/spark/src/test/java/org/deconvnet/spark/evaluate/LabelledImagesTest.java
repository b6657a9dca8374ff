package org.deconvnet.spark.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.label.LabelMap;
import org.deconvnet.preprocess.LabelDecoder;
import org.deconvnet.spark.LabelledBars;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.LabelColumn;
import org.deconvnet.spark.config.ExperimentOptions.OnBadImage;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.corpus.CorpusPacker;
import org.deconvnet.spark.corpus.LabelledCorpus;
import org.deconvnet.spark.corpus.SkippedFile;
import org.deconvnet.spark.ml.ImageCrop;
import org.deconvnet.tensor.FeatureMaps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledImagesTest {
  private static final LabelDecoder DECODER = new LabelDecoder(3, Set.of(LabelledBars.VOID));

  @TempDir Path folder;

  private static PreparedCorpus read(Path corpus, OnBadImage onBadImage) {
    ImageCrop crop = new ImageCrop().setRows(24).setColumns(32).setResize(24);
    return LabelledImages.of(
        LabelledCorpus.open(LocalSpark.session(), corpus.toString()), crop, DECODER, onBadImage, 0);
  }

  private static List<Row> rows(Dataset<Row> images) {
    return images.select("path", "image", LabelledImages.LABELS).orderBy("path").collectAsList();
  }

  @Test
  void looseAndPackedGiveTheSameImagesAndLabels() {
    Path loose = LabelledBars.write(folder.resolve("loose"), 4, 1);
    Path packed = folder.resolve("packed");
    CorpusPacker.of(LocalSpark.session(), loose.toString()).pack(packed.toString(), 1 << 20);
    List<Row> expected = rows(read(loose, OnBadImage.FAIL).images());
    assertThat(expected).hasSize(4);
    assertThat(rows(read(packed, OnBadImage.FAIL).images())).isEqualTo(expected);
    LabelMap first = LabelColumn.fromRow(expected.get(0).getStruct(2));
    assertThat(first.at(0, 0)).isEqualTo(LabelMap.VOID);
    assertThat(first.classes()).isEqualTo(3);
  }

  @Test
  void imageAndLabelsAreMirroredTogether() {
    Dataset<Row> both =
        LabelledImages.withMirrored(
            read(LabelledBars.write(folder, 1, 2), OnBadImage.FAIL).images());
    List<Row> rows = rows(both);
    assertThat(rows)
        .extracting(row -> row.getString(0))
        .containsExactly("images/scene0.png", "images/scene0.png#mirrored");
    FeatureMaps image = FeatureMapsColumn.fromRow(rows.get(0).getStruct(1));
    FeatureMaps mirrored = FeatureMapsColumn.fromRow(rows.get(1).getStruct(1));
    LabelMap labels = LabelColumn.fromRow(rows.get(0).getStruct(2));
    LabelMap mirroredLabels = LabelColumn.fromRow(rows.get(1).getStruct(2));
    for (int column = 0; column < 32; column++) {
      assertThat(mirrored.get(2, 5, column)).isEqualTo(image.get(2, 5, 31 - column));
      assertThat(mirroredLabels.at(5, column)).isEqualTo(labels.at(5, 31 - column));
    }
    assertThat(IntStream.range(0, 32))
        .as("columns that would show a row that is not mirrored")
        .anyMatch(column -> image.get(2, 5, column) != image.get(2, 5, 31 - column))
        .anyMatch(column -> labels.at(5, column) != labels.at(5, 31 - column));
    assertThat(mirroredLabels.at(0, 31)).isEqualTo(LabelMap.VOID);
  }

  @Test
  void whatIsNotUsableIsNamedAndSkippedOrFailsTheRun() throws IOException {
    LabelledBars.write(folder, 6, 3);
    Files.delete(folder.resolve("labels/scene0.png"));
    LabelledBars.labels(folder, "scene1", new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY));
    LabelledBars.labels(folder, "scene2", filled(7));
    LabelledBars.labels(folder, "scene3", filled(LabelledBars.VOID));
    Files.delete(folder.resolve("images/scene4.png"));
    Files.writeString(folder.resolve("labels/notes.txt"), "these are labels");
    PreparedCorpus prepared = read(folder, OnBadImage.SKIP);
    assertThat(prepared.count()).isEqualTo(1);
    assertThat(prepared.skipped())
        .extracting(SkippedFile::path, SkippedFile::reason)
        .containsExactlyInAnyOrder(
            tuple("images/scene0.png", "expected labels labels/scene0.png, got none"),
            tuple(
                "images/scene1.png",
                "labels: expected 24 x 32 pixels, height by width, as the image has, got 4 x 5"),
            tuple(
                "images/scene2.png",
                "labels: expected a class from 0 to 2, or 255 or [9] for none, got 7 in row 0,"
                    + " column 0"),
            tuple("images/scene3.png", "labels: expected pixels with a class, got none of them"),
            tuple("labels/scene4.png", "expected an image of that name in images, got none"),
            tuple("labels/notes.txt", "expected an image of that name in images, got none"));
    assertThatThrownBy(() -> read(folder, OnBadImage.FAIL))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("since corpus.onBadImage is fail; got 6 files not usable");
  }

  private static BufferedImage filled(int label) {
    BufferedImage labels =
        new BufferedImage(LabelledBars.WIDTH, LabelledBars.HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < LabelledBars.WIDTH * LabelledBars.HEIGHT; i++) {
      labels.getRaster().setSample(i % LabelledBars.WIDTH, i / LabelledBars.WIDTH, 0, label);
    }
    return labels;
  }

  @Test
  void aFolderWithoutLabelsIsNamed() throws IOException {
    LabelledBars.write(folder, 1, 4);
    Files.delete(folder.resolve("labels/scene0.png"));
    assertThatThrownBy(() -> read(folder, OnBadImage.SKIP))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining(
            "expected folders images and labels with files in them, got [images]");
  }
}
