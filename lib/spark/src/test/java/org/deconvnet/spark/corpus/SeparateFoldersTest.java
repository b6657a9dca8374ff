package org.deconvnet.spark.corpus;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deconvnet.spark.LocalSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeparateFoldersTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("data/photos/summer"));
    Files.createDirectories(folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("elsewhere/link"), folder.resolve("data/photos"));
    Files.createSymbolicLink(folder.resolve("above"), folder.resolve("data"));
  }

  private void require(String output, String corpus) {
    SeparateFolders.require(
        LocalSpark.session(), folder.resolve(".") + "/" + output, folder + "/" + corpus);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data/photos",
        "data/photos/",
        "data/photos/out",
        "data/photos/new/out/",
        "data/photos/summer/../out",
        "data/other/../photos/out",
        "data/./photos//out",
        "data",
        "data/",
        ".",
        "elsewhere/link",
        "elsewhere/link/out",
        "elsewhere/link/summer/out",
        "above/photos/out",
        "above"
      })
  void anOutputInAboveOrInPlaceOfTheCorpusIsRefused(String output) {
    for (String corpus : new String[] {"data/photos", "elsewhere/link", "above/photos/"}) {
      assertThatThrownBy(() -> require(output, corpus))
          .as(corpus)
          .isInstanceOf(CorpusException.class)
          .hasMessageContaining(output)
          .hasMessageContaining("expected a folder apart from the corpus");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"data/photos2", "data/photo", "elsewhere", "elsewhere/photos", "out:1/ünï"})
  void aFolderBesideTheCorpusIsTaken(String output) {
    require(output, "data/photos");
  }

  @Test
  void otherFileSystemsAreComparedByTheirAddresses() {
    SeparateFolders.require(
        LocalSpark.session(), "file:///data/photos/out", "hdfs://127.0.0.1:1/data");
    for (String output : new String[] {"hdfs://127.0.0.1:1/data/a/../out", "hdfs://127.0.0.1:1/"}) {
      assertThatThrownBy(
              () ->
                  SeparateFolders.require(LocalSpark.session(), output, "hdfs://127.0.0.1:1/data/"))
          .hasMessageContaining("apart from the corpus");
    }
  }

  @Test
  void anOutputThatWouldDeleteTheModelIsRefused() {
    for (String output : new String[] {"data/photos", "data", "elsewhere/link"}) {
      assertThatThrownBy(
              () ->
                  SeparateFolders.requireKept(
                      LocalSpark.session(), folder + "/" + output, folder + "/data/photos"))
          .hasMessageContaining("does not lie in");
    }
    SeparateFolders.requireKept(
        LocalSpark.session(), folder + "/data/photos/out", folder + "/data/photos");
  }
}
