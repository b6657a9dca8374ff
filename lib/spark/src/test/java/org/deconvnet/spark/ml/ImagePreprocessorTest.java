package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.preprocess.Border;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.corpus.ImageCorpus;
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
        new PreprocessOptions(false, 77, true, true, false, 7, 2.5, Border.VALID, 0.125, false);
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
  void wrongValuesAreRefusedWhenSet() {
    ImagePreprocessor stage = new ImagePreprocessor();
    assertThatThrownBy(() -> stage.set(stage.border(), "wrap"))
        .hasMessageContaining("border")
        .hasMessageContaining("wrap");
    assertThatThrownBy(() -> stage.set(stage.deviationFloor(), -1.0))
        .hasMessageContaining("deviationFloor");
  }
}
