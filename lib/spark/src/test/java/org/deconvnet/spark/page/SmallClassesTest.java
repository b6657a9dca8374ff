package org.deconvnet.spark.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.config.ExperimentOptions.OnBadImage;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.evaluate.SmallClasses;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.store.Metrics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folders are classes, and large enough ones. */
class SmallClassesTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    BarCorpus.write(folder, 3, 4, 1);
    for (int n = 0; n < 3; n++) {
      file("notes/" + n + ".txt", "not a picture");
    }
    file("drafts/empty.png", "");
    Files.createDirectories(folder.resolve("later/nothing"));
  }

  private void file(String id, String text) throws IOException {
    Files.createDirectories(folder.resolve(id).getParent());
    Files.writeString(folder.resolve(id), text);
  }

  private ImageCorpus corpus() {
    return ImageCorpus.open(LocalSpark.session(), folder.toString(), Set.of(), 0);
  }

  private void refuse(int trainPerClass) {
    SmallClasses.refuse(corpus(), new ImagePreprocessor(), trainPerClass);
  }

  @Test
  void everyClassThatIsTooSmallIsNamedFromTheListing() throws IOException {
    refuse(3);
    Files.delete(folder.resolve("class2/image3.png"));
    Files.writeString(folder.resolve("class1/image0.png"), "not a picture any more");
    // The listing cannot tell that class1 is small.
    assertThatThrownBy(() -> refuse(3))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("class 'class2': expected more than 3 usable images")
        .hasMessageContaining("got 3;")
        .hasMessageContaining("lower --train-per-class");
    assertThatThrownBy(() -> refuse(4))
        .hasMessageContaining("class 'class0': expected more than 4 usable images")
        .hasMessageContaining("got 4; too small as well: 'class1' 3, 'class2' 3; lower");
  }

  @Test
  void classesAreThoseOfUsableImages() {
    assertThat(corpus().classes()).containsExactly("class0", "class1", "class2", "notes");
    try (PreparedCorpus prepared =
        PreparedCorpus.of(corpus(), new ImagePreprocessor(), OnBadImage.SKIP, 2)) {
      assertThat(prepared.classes()).containsExactly("class0", "class1", "class2");
      assertThat(prepared.requireClasses("here")).isEqualTo(prepared.classes());
      assertThat(prepared.emptyClasses()).containsExactly("drafts", "later", "notes");
      assertThat(prepared.count()).isEqualTo(12);
      String page = new RunReport("Report").prepared(prepared).toHtml();
      assertThat(page).contains("not counted as classes: drafts, later, notes");
      assertThat(new Metrics().prepared(prepared).toJson())
          .contains("\"empty_classes\" : [ \"drafts\", \"later\", \"notes\" ]");
    }
  }

  @Test
  void imagesOfNoClassAreCountedAndMakeNone() throws IOException {
    Files.copy(folder.resolve("class0/image0.png"), folder.resolve("stray.png"));
    try (PreparedCorpus prepared =
        PreparedCorpus.of(corpus(), new ImagePreprocessor(), OnBadImage.SKIP, 2)) {
      assertThat(prepared.count()).isEqualTo(13);
      assertThat(prepared.classes()).hasSize(3);
    }
  }

  @Test
  void oneClassOfUsableImagesIsNothingToTellApart() throws IOException {
    for (int n = 0; n < 4; n++) {
      Files.writeString(folder.resolve("class1/image" + n + ".png"), "not a picture");
      Files.writeString(folder.resolve("class2/image" + n + ".png"), "not a picture");
    }
    try (PreparedCorpus prepared =
        PreparedCorpus.of(corpus(), new ImagePreprocessor(), OnBadImage.SKIP, 2)) {
      assertThatThrownBy(() -> prepared.requireClasses("here"))
          .isInstanceOf(CorpusException.class)
          .hasMessageContaining("corpus here: expected at least two class folders")
          .hasMessageContaining("got 1 [class0]")
          .hasMessageContaining("class1, class2, drafts, later, notes");
    }
  }
}
