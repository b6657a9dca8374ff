package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.preprocess.Border;
import org.deconvnet.preprocess.Deviation;
import org.deconvnet.preprocess.Oriented;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePreprocessorTest {
  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  @Test
  void startsWithTheDefaults() {
    assertThat(new ImagePreprocessor().toOptions()).isEqualTo(PreprocessOptions.DEFAULTS);
  }

  @Test
  void everyOptionSurvivesSavingAndLoading() throws IOException {
    PreprocessOptions odd =
        new PreprocessOptions(
            false, 77, true, true, false, 7, 2.5, Border.VALID, 0.125, Deviation.WINDOW, false);
    for (PreprocessOptions options :
        new PreprocessOptions[] {PreprocessOptions.NETWORK_2010, odd}) {
      String path = folder.resolve("window" + options.window()).toString();
      new ImagePreprocessor().setOptions(options).setMaxPixels(4321).setLeastSide(12).save(path);
      ImagePreprocessor back = ImagePreprocessor.load(path);
      assertThat(back.toOptions()).isEqualTo(options);
      assertThat(back.get(back.maxPixels()).get()).isEqualTo(4321L);
      assertThat(back.get(back.leastSide()).get()).isEqualTo(12);
    }
  }

  @Test
  void imagesThatEndTooSmallAreNoUsableImages() {
    String path = BarCorpus.write(folder.resolve("corpus"), 1, 1, 1).toString();
    Dataset<Row> file = ImageCorpus.open(LocalSpark.session(), path, Set.of(), 0).read();
    // 40 x 44 pixels, less a border of 2 on each side.
    ImagePreprocessor stage =
        new ImagePreprocessor().setOptions(PreprocessOptions.NETWORK_2010).setLeastSide(36);
    assertThat(stage.transform(file).where("error is null").count()).isEqualTo(1);
    Row small = stage.setLeastSide(37).transform(file).select("image", "error").first();
    assertThat(small.isNullAt(0)).isTrue();
    assertThat(small.getString(1))
        .isEqualTo(
            "expected at least 37 x 37 pixels after preprocessing, which the network's filters need, got 36 x 40");
  }

  @Test
  void imagesAreTurnedUprightUnlessToldNotTo() throws IOException {
    Path image = BarCorpus.write(folder.resolve("turned"), 1, 1, 1).resolve("class0/image0.png");
    byte[] block = Oriented.block(6, ByteOrder.BIG_ENDIAN);
    Files.write(image, Oriented.png(Files.readAllBytes(image), block));
    Dataset<Row> file =
        ImageCorpus.open(LocalSpark.session(), folder.resolve("turned").toString(), Set.of(), 0)
            .read();
    ImagePreprocessor stage =
        new ImagePreprocessor().setOptions(PreprocessOptions.DEFAULTS.withLongestSide(0));
    assertThat(stage.getUpright()).isTrue();
    assertThat(shape(stage, file)).isEqualTo(new Shape(1, 44, 40));
    assertThat(shape(stage.setUpright(false), file)).isEqualTo(new Shape(1, 40, 44));
  }

  private static Shape shape(ImagePreprocessor stage, Dataset<Row> file) {
    Row maps = stage.transform(file).select("image").first().getStruct(0);
    return FeatureMapsColumn.fromRow(maps).shape();
  }

  /** What was learned with such a stage has seen images as they are stored. */
  @Test
  void aStageThatWasSavedBeforeThereWasAnOrientationLeavesImagesAsStored() throws IOException {
    Path saved = folder.resolve("old");
    new ImagePreprocessor().save(saved.toString());
    assertThat(ImagePreprocessor.load(saved.toString()).getUpright()).isTrue();
    forgetUpright(saved.resolve("metadata"));
    ImagePreprocessor old = ImagePreprocessor.load(saved.toString());
    assertThat(old.toOptions()).isEqualTo(PreprocessOptions.DEFAULTS.withUpright(false));
    Path again = folder.resolve("again");
    old.save(again.toString());
    assertThat(ImagePreprocessor.load(again.toString()).getUpright()).isFalse();
  }

  /** As a release wrote it that did not know the parameter. */
  private static void forgetUpright(Path metadata) throws IOException {
    try (Stream<Path> all = Files.list(metadata)) {
      for (Path file : all.filter(p -> p.getFileName().toString().contains("part-")).toList()) {
        if (file.toString().endsWith(".crc")) {
          Files.delete(file);
        } else {
          String text = Files.readString(file);
          assertThat(text).contains("\"upright\":true");
          Files.writeString(file, text.replaceFirst(",\"upright\":true|\"upright\":true,", ""));
        }
      }
    }
  }

  @Test
  void wrongValuesAreRefusedWhenSet() {
    ImagePreprocessor stage = new ImagePreprocessor();
    assertThatThrownBy(() -> stage.setBorder("wrap"))
        .hasMessageContaining("border")
        .hasMessageContaining("wrap");
    assertThatThrownBy(() -> stage.setDeviationFloor(-1)).hasMessageContaining("deviationFloor");
  }
}
