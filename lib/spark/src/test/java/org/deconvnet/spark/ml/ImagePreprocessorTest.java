package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.deconvnet.preprocess.Border;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.spark.LocalSpark;
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
        new PreprocessOptions(false, 77, true, true, false, 7, 2.5, Border.VALID, 0.125);
    for (PreprocessOptions options :
        new PreprocessOptions[] {PreprocessOptions.NETWORK_2010, odd}) {
      String path = folder.resolve("window" + options.window()).toString();
      new ImagePreprocessor().setOptions(options).setMaxPixels(4321).save(path);
      ImagePreprocessor back = ImagePreprocessor.load(path);
      assertThat(back.toOptions()).isEqualTo(options);
      assertThat(back.get(back.maxPixels()).get()).isEqualTo(4321L);
    }
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
