package org.deconvnet.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.run.PackRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusGlanceTest {
  @TempDir Path folder;

  private CorpusGlance look(int atMost) {
    return CorpusGlance.at(LocalSpark.session(), folder.toString(), atMost);
  }

  @Test
  void noMoreFilesAreReadThanAskedFor() throws IOException {
    BarCorpus.write(folder, 2, 3, 1);
    Files.writeString(folder.resolve("class1/image0.png"), "damaged");
    assertThat(look(3))
        .returns(3L, CorpusGlance::files)
        .returns(3L, CorpusGlance::images)
        .returns(true, CorpusGlance::more)
        .returns("", CorpusGlance::firstSkipped);
    assertThat(look(9))
        .returns(6L, CorpusGlance::files)
        .returns(5L, CorpusGlance::images)
        .returns(false, CorpusGlance::more);
    assertThat(look(4).firstSkipped()).startsWith("class1/image0.png: ");
  }

  @Test
  void hiddenNamesAndResultsArePassedOverAndEmptyFilesCounted() throws IOException {
    Files.writeString(folder.resolve(".hidden"), "x");
    Path result = Files.createDirectories(folder.resolve("a result"));
    Files.writeString(result.resolve(HiddenNames.RUN_MARK), "complete");
    Files.writeString(result.resolve("picture.png"), "x");
    Files.createFile(folder.resolve("empty.png"));
    assertThat(look(9))
        .returns(1L, CorpusGlance::files)
        .returns(0L, CorpusGlance::images)
        .returns(false, CorpusGlance::packed);
    assertThat(look(9).firstSkipped()).startsWith("empty.png: empty file");
  }

  @Test
  void aPackedCorpusIsCountedWhole() throws IOException {
    Path photos = BarCorpus.write(folder.resolve("photos"), 2, 3, 1);
    String packed = folder.resolve("packed").toString();
    new PackRun(LocalSpark.session()).run(photos.toString(), packed, 1, false, System.out);
    assertThat(CorpusGlance.at(LocalSpark.session(), packed, 1))
        .returns(6L, CorpusGlance::images)
        .returns(true, CorpusGlance::packed)
        .returns(false, CorpusGlance::more);
  }

  @Test
  void whatIsNoFolderIsRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> CorpusGlance.at(LocalSpark.session(), file.toString(), 1))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("expected a folder of images, got a file");
    assertThatThrownBy(() -> CorpusGlance.at(LocalSpark.session(), folder + "/none", 1))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("got nothing there");
    assertThatThrownBy(() -> look(0)).hasMessageContaining("atMost: expected at least 1, got 0");
  }
}
