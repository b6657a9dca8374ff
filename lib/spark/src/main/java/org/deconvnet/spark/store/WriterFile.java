package org.deconvnet.spark.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.corpus.WholeFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code _deconvnet-writer} of an output folder, there from the folder's claim to the end
 * of a run that ends well. While the run goes on, it changes every few seconds: on its own machine
 * a process is asked for, from another one only its signs are seen.
 */
final class WriterFile {
  private static final String NAME = "_deconvnet-writer";
  private static final Logger LOG = LoggerFactory.getLogger(WriterFile.class);

  /** A process on another machine that gives no sign for so long has ended. */
  private static final Duration SILENCE = SignsOfLife.BETWEEN.multipliedBy(4);

  /** Older files need no watching, even if two machines' clocks differ by minutes. */
  private static final Duration LONG_AGO = Duration.ofMinutes(20);

  private static final int LOOKS = 40;

  private final FileSystem fileSystem;
  private final Path file;
  private final Duration silence;
  private SignsOfLife signs;

  WriterFile(FileSystem fileSystem, Path folder) {
    this(fileSystem, folder, SILENCE);
  }

  /**
   * @param silence for how long to watch for signs of a process on another machine
   */
  WriterFile(FileSystem fileSystem, Path folder, Duration silence) {
    this.fileSystem = fileSystem;
    this.file = new Path(folder, NAME);
    this.silence = silence;
  }

  /** This process is the writer from now on. */
  void write() {
    write(FolderWriter.here().text(0));
  }

  private void write(String text) {
    try (OutputStream out = WholeFile.withoutChecksums(fileSystem).create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Gives signs of life until {@link #release} or {@link #delete}. */
  void hold() {
    FolderWriter here = FolderWriter.here();
    signs = new SignsOfLife(SignsOfLife.BETWEEN, number -> write(here.text(number)));
  }

  void release() {
    if (signs != null) {
      signs.close();
    }
  }

  void delete() throws IOException {
    release();
    fileSystem.delete(file, false);
  }

  /**
   * Nobody's work is destroyed while it is done, whatever the user says.
   *
   * @throws CorpusException if the writer still runs
   */
  void requireEnded() throws IOException {
    if (!fileSystem.exists(file)) {
      return;
    }
    Optional<FolderWriter> writer = FolderWriter.parse(read());
    Optional<Boolean> runs = writer.flatMap(FolderWriter::runs);
    if (runs.isPresent() ? runs.get() : givesSigns()) {
      throw new CorpusException(
          "output %s: a run is writing it (%s); wait for its end or stop it, or give another folder"
              .formatted(
                  file.getParent(),
                  writer.map(FolderWriter::display).orElse("a process on another machine")));
    }
  }

  /** Watches for another sign of life, by no clock but this machine's own. */
  private boolean givesSigns() throws IOException {
    long written = fileSystem.getFileStatus(file).getModificationTime();
    if (System.currentTimeMillis() - written > LONG_AGO.toMillis()) {
      return false;
    }
    LOG.info(
        "{}: watching for {} s whether this run still goes on, on another machine",
        file,
        silence.toSeconds());
    String before = read();
    for (int look = 0; look < LOOKS; look++) {
      pause(silence.toMillis() / LOOKS);
      if (!fileSystem.exists(file) || !before.equals(read())) {
        return true;
      }
    }
    return false;
  }

  private void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while watching " + file, e);
    }
  }

  private String read() throws IOException {
    try (var in = fileSystem.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
