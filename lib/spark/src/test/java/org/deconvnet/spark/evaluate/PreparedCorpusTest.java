package org.deconvnet.spark.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.config.ExperimentOptions.OnBadImage;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SkippedFile;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedCorpusTest {
  private static final int IMAGES = 5;
  private static final long SEED = 9;

  @TempDir Path folder;

  @BeforeEach
  void write() {
    BarCorpus.write(folder, 2, 6, 1);
  }

  private ImageCorpus corpus() {
    return ImageCorpus.open(LocalSpark.session(), folder.toString(), Set.of(), 0);
  }

  private PreparedCorpus sample(OnBadImage onBadImage) {
    return PreparedCorpus.sample(corpus(), new ImagePreprocessor(), onBadImage, 2, IMAGES, SEED);
  }

  /** The sample as it is drawn once everything is decoded. */
  private List<String> expected() {
    try (PreparedCorpus all =
        PreparedCorpus.of(corpus(), new ImagePreprocessor(), OnBadImage.SKIP, 2)) {
      return FeatureLearning.sample(FeatureLearning.ids(all.images()), IMAGES, SEED);
    }
  }

  @Test
  void aSampleIsTheOneThatIsDrawnAfterDecodingEverything() {
    try (PreparedCorpus sample = sample(OnBadImage.FAIL)) {
      assertThat(sample.count()).isEqualTo(IMAGES);
      assertThat(FeatureLearning.ids(sample.images()))
          .containsExactlyInAnyOrderElementsOf(expected());
    }
  }

  @Test
  void badFilesThatAreDrawnAreNamedAndReplaced() throws IOException {
    List<String> order = corpus().draw(99, SEED);
    Files.writeString(folder.resolve(order.get(0)), "no picture");
    Files.writeString(folder.resolve(order.get(3)), "no picture");
    Files.writeString(folder.resolve(order.get(IMAGES)), "no picture");
    Files.writeString(folder.resolve(order.get(11)), "never drawn");
    try (PreparedCorpus sample = sample(OnBadImage.SKIP)) {
      assertThat(FeatureLearning.ids(sample.images()))
          .containsExactlyInAnyOrderElementsOf(expected())
          .contains(order.get(7))
          .hasSize(IMAGES);
      assertThat(sample.skipped())
          .extracting(SkippedFile::path)
          .containsExactlyInAnyOrder(order.get(0), order.get(3), order.get(IMAGES));
    }
    assertThatThrownBy(() -> sample(OnBadImage.FAIL))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("corpus.onBadImage is fail");
  }

  @Test
  void aSampleOfMoreThanThereIsTakesAll() throws IOException {
    for (String id : corpus().draw(9, SEED)) {
      Files.writeString(folder.resolve(id), "no picture");
    }
    try (PreparedCorpus sample = sample(OnBadImage.SKIP)) {
      assertThat(sample.count()).isEqualTo(3);
      assertThat(sample.skipped()).hasSize(9);
    }
  }
}
