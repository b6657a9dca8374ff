package org.deconvnet.spark.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.store.OutputFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFolderTest {
  private static final BufferedImage PICTURE =
      new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);

  @TempDir Path folder;

  private PictureFolder pictures() {
    OutputFolder output =
        OutputFolder.create(LocalSpark.session(), folder.resolve("out").toString(), false);
    return new PictureFolder(LocalSpark.session(), output);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../x.png", "a/../../../x.png", "/x.png", "a//b", "..", "", "./x", "a/"})
  void namesThatLeadOutOfTheFolderAreRefused(String id) throws IOException {
    PictureFolder pictures = pictures();
    assertThatThrownBy(() -> pictures.write(id, "input", PICTURE))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("expected a path below the corpus");
    assertThatThrownBy(() -> pictures.read(id, List.of("input")))
        .isInstanceOf(CorpusException.class);
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(f -> f.toString().endsWith(".png"))).isEmpty();
    }
  }

  @Test
  void oddNamesStayInTheFolder() {
    PictureFolder pictures = pictures();
    for (String id :
        List.of("..a/b..png", "with space & ünï/%2e%2e/x", "a\\..\\b", "_12:30/s3a:{x}\n.jpg")) {
      pictures.write(id, "input", PICTURE);
      assertThat(folder.resolve("out/images").resolve(id).resolve("input.png")).exists();
      assertThat(pictures.read(id, List.of("input")).get(0).width()).isEqualTo(3);
    }
  }
}
