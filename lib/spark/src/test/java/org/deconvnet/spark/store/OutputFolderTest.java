package org.deconvnet.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.corpus.CorpusException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose an output folder is, and what becomes of what lies there. */
class OutputFolderTest {
  private static final String WRITER = "_deconvnet-writer";

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void stoppedRun() throws IOException {
    folder = temp.resolve("out");
    OutputFolder.create(LocalSpark.session(), folder.toString(), false).write("part.txt", "half");
    assertThat(folder.resolve("_deconvnet")).hasContent("running");
    assertThat(folder.resolve(WRITER)).exists();
  }

  private OutputFolder create(boolean overwrite) {
    return OutputFolder.create(LocalSpark.session(), folder.toString(), overwrite);
  }

  private OutputFolder resume(boolean overwrite) {
    return OutputFolder.createOrResume(LocalSpark.session(), folder.toString(), overwrite);
  }

  @Test
  void whatARunLeftThatStoppedIsReplacedWithoutOverwrite() {
    create(false);
    assertThat(folder.resolve("part.txt")).doesNotExist();
  }

  @Test
  void aRunThatCanGoOnKeepsTheCheckpointAndNothingElse() throws IOException {
    checkpoint();
    resume(false);
    assertThat(folder.resolve("checkpoint/state")).exists();
    assertThat(folder.resolve("part.txt")).doesNotExist();
    resume(true);
    assertThat(folder.resolve("checkpoint")).doesNotExist();
  }

  @Test
  void aStoppedTrainingIsNotReplacedByARunThatCannotGoOnFromIt() throws IOException {
    checkpoint();
    assertThatThrownBy(() -> create(false))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("a training that stopped and can go on, by the train command");
    assertThat(folder.resolve("checkpoint/state")).exists();
    create(true);
    assertThat(folder.resolve("checkpoint")).doesNotExist();
  }

  private void checkpoint() throws IOException {
    Files.createDirectories(folder.resolve("checkpoint"));
    Files.writeString(folder.resolve("checkpoint/state"), "filters");
  }

  @Test
  void completeResultsNeedOverwriteAndNameAnotherFolderFirst() {
    create(false).complete();
    assertThat(folder.resolve(WRITER)).doesNotExist();
    assertThatThrownBy(() -> create(false))
        .hasMessageContaining("already holds results; give another folder, or --overwrite");
    assertThatThrownBy(() -> resume(false)).hasMessageContaining("already holds results");
    create(true);
  }

  @Test
  void aFolderThatALivingProcessWritesIsNeverTaken() throws IOException {
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Instant started = other.info().startInstant().orElseThrow();
      FolderWriter here = FolderWriter.here();
      sign(new FolderWriter(here.machine(), other.pid(), started));
      for (boolean overwrite : new boolean[] {false, true}) {
        assertThatThrownBy(() -> create(overwrite))
            .isInstanceOf(CorpusException.class)
            .hasMessageContaining("a run is writing it (process " + other.pid() + " on ")
            .hasMessageContaining("wait for its end or stop it");
        assertThatThrownBy(() -> resume(overwrite)).hasMessageContaining("a run is writing it");
      }
      assertThat(folder.resolve("part.txt")).exists();
      // The same number, given to another process since.
      sign(new FolderWriter(here.machine(), other.pid(), started.minusSeconds(3600)));
      create(false);
    } finally {
      other.destroy();
    }
  }

  private void sign(FolderWriter writer) throws IOException {
    Files.writeString(folder.resolve(WRITER), writer.text(3));
  }

  @Test
  void aProcessOfAnotherMachineRunsWhereItGivesSigns() throws Exception {
    FolderWriter far = new FolderWriter("far pid:[1]", 1, Instant.EPOCH);
    assertThat(FolderWriter.parse(far.text(7))).contains(far);
    sign(far);
    WriterFile file =
        new WriterFile(
            FileSystem.getLocal(new Configuration()),
            new org.apache.hadoop.fs.Path(folder.toString()),
            Duration.ofMillis(400));
    file.requireEnded();
    try (SignsOfLife signs = new SignsOfLife(Duration.ofMillis(50), number -> life(far, number))) {
      assertThat(signs).isNotNull();
      assertThatThrownBy(file::requireEnded).hasMessageContaining("(process 1 on far)");
    }
    Files.writeString(folder.resolve(WRITER), "not wh");
    file.requireEnded();
  }

  private void life(FolderWriter far, long number) {
    try {
      Files.writeString(folder.resolve(WRITER), far.text(100 + number));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void anAddressThatIsNoneIsTheUsersError() {
    for (String none : new String[] {"", "photos:2020"}) {
      assertThatThrownBy(() -> OutputFolder.create(LocalSpark.session(), none, false))
          .isInstanceOf(CorpusException.class)
          .hasMessageContaining("output '" + none + "': expected a folder's address");
    }
  }

  @Test
  void signsEndWithTheRun() throws Exception {
    int[] given = new int[1];
    SignsOfLife signs = new SignsOfLife(Duration.ofMillis(5), number -> given[0] = (int) number);
    while (given[0] < 3) {
      Thread.sleep(5);
    }
    signs.close();
    int last = given[0];
    Thread.sleep(50);
    assertThat(given[0]).isEqualTo(last);
  }
}
