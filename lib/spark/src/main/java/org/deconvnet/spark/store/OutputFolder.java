package org.deconvnet.spark.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.corpus.HiddenNames;
import org.deconvnet.spark.corpus.WholeFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a run writes. A folder that holds anything is refused, unless an earlier run left its mark
 * there: nobody's photographs are ever deleted. The mark {@code _deconvnet} says "running" until
 * the run's last file is written, then "complete". Results are replaced where the user says to
 * overwrite; what a run left that broke off is gone on from or replaced without a word from the
 * user, once it is known that the run has ended: {@code _deconvnet-writer} says which process
 * writes.
 */
public final class OutputFolder {
  private static final String MARK = HiddenNames.RUN_MARK;
  private static final String COMPLETE = "complete";
  private static final Logger LOG = LoggerFactory.getLogger(OutputFolder.class);

  /** Folder of a run's checkpoint, until the run is complete. */
  public static final String CHECKPOINT = "checkpoint";

  private final FileSystem fileSystem;
  private final Path folder;
  private final WriterFile writer;

  private OutputFolder(FileSystem fileSystem, Path folder) {
    this.fileSystem = fileSystem;
    this.folder = folder;
    this.writer = new WriterFile(fileSystem, folder);
  }

  /**
   * Claims a folder for a new run. What a run left that broke off is deleted.
   *
   * @throws CorpusException if it holds anything else and may not be overwritten, or a run still
   *     writes it
   */
  public static OutputFolder create(SparkSession spark, String folder, boolean overwrite) {
    return at(spark, folder).claim(overwrite, false);
  }

  /**
   * Claims a folder for a run that can be resumed: as {@link #create}, but {@link #CHECKPOINT} of a
   * run that broke off stays.
   *
   * @throws CorpusException as {@link #create}
   */
  public static OutputFolder createOrResume(SparkSession spark, String folder, boolean overwrite) {
    return at(spark, folder).claim(overwrite, true);
  }

  /** The one place where a run's folder is taken. */
  private OutputFolder claim(boolean overwrite, boolean resumes) {
    try {
      boolean goesOn = resumes && !overwrite && brokeOff();
      if (goesOn) {
        writer.requireEnded();
        LOG.info("output {}: a run left it that stopped before its end; going on", display());
        deleteAllBut(CHECKPOINT);
      } else if (fileSystem.exists(folder) && fileSystem.listStatus(folder).length > 0) {
        requireReplaceable(overwrite);
        fileSystem.delete(folder, true);
      }
      fileSystem.mkdirs(folder);
      write(MARK, "running");
      writer.write();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("output %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private void requireReplaceable(boolean overwrite) throws IOException {
    if (!fileSystem.exists(new Path(folder, MARK))) {
      throw new CorpusException(
          "output %s: expected an empty or new folder, got files that no run of this program wrote; give another folder"
              .formatted(folder));
    }
    if (!brokeOff()) {
      requireOverwrite(
          overwrite,
          "it already holds results; give another folder, or --overwrite to replace them");
      return;
    }
    writer.requireEnded();
    if (has(CHECKPOINT)) {
      requireOverwrite(
          overwrite,
          "it holds a training that stopped and can go on, by the train command that began it; give another folder, or --overwrite to delete it");
    }
    LOG.info("output {}: replacing what a run left that stopped before its end", display());
  }

  private void requireOverwrite(boolean overwrite, String otherwise) {
    if (!overwrite) {
      throw new CorpusException("output %s: %s".formatted(folder, otherwise));
    }
  }

  /** Tells other machines, until {@link #release} or {@link #complete}, that the run goes on. */
  void hold() {
    writer.hold();
  }

  /** The run has ended, in whatever way. */
  void release() {
    writer.release();
  }

  private boolean brokeOff() throws IOException {
    return fileSystem.exists(new Path(folder, MARK)) && !COMPLETE.equals(readMark());
  }

  private void deleteAllBut(String kept) throws IOException {
    for (FileStatus file : fileSystem.listStatus(folder)) {
      String name = file.getPath().getName();
      if (!name.equals(MARK) && !name.equals(kept)) {
        fileSystem.delete(file.getPath(), true);
      }
    }
  }

  private static OutputFolder at(SparkSession spark, String folder) {
    try {
      Path path = new Path(folder);
      FileSystem fileSystem = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      return new OutputFolder(fileSystem, fileSystem.makeQualified(path));
    } catch (IllegalArgumentException e) {
      throw new CorpusException(
          "output '%s': expected a folder's address, with no colon but behind its scheme (%s)"
              .formatted(folder, e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("output %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /**
   * Opens what an earlier run wrote.
   *
   * @throws CorpusException if the folder holds no complete run
   */
  public static OutputFolder open(SparkSession spark, String folder, String what) {
    OutputFolder output = at(spark, folder);
    try {
      Path mark = new Path(output.folder, MARK);
      if (!output.fileSystem.exists(mark)) {
        throw new CorpusException(
            "%s %s: expected what 'deconvnet train' writes, got no %s there; check the path"
                .formatted(what, folder, MARK));
      }
      if (!COMPLETE.equals(output.readMark())) {
        throw new CorpusException(
            "%s %s: the run that writes it has not ended, or broke off; wait for it, or give its train command again: it goes on"
                .formatted(what, folder));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException("%s %s: %s".formatted(what, folder, e.getMessage()), e);
    }
  }

  /** Whether a run that has ended wrote the folder. */
  static boolean isComplete(SparkSession spark, String folder) {
    OutputFolder output = at(spark, folder);
    try {
      return output.fileSystem.exists(new Path(output.folder, MARK))
          && COMPLETE.equals(output.readMark());
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private String readMark() throws IOException {
    try (var in = fileSystem.open(new Path(folder, MARK))) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).trim();
    }
  }

  /** The folder's whole address. */
  public String path() {
    return folder.toString();
  }

  public String path(String name) {
    return new Path(folder, name).toString();
  }

  /** For people: a local path without its scheme, or the whole address. */
  public String display(String name) {
    return display(new Path(folder, name));
  }

  /** A folder of another name in the same place. */
  public String beside(String name) {
    return new Path(folder.getParent(), name).toString();
  }

  /** The folder itself, for people. */
  public String display() {
    return display(folder);
  }

  private static String display(Path path) {
    return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
  }

  public OutputStream create(String name) throws IOException {
    return WholeFile.withoutChecksums(fileSystem).create(new Path(folder, name), true);
  }

  public boolean has(String name) {
    try {
      return fileSystem.exists(new Path(folder, name));
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(path(name), e.getMessage()), e);
    }
  }

  /** Bytes in all files below a name. */
  public long bytes(String name) {
    try {
      return fileSystem.getContentSummary(new Path(folder, name)).getLength();
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(path(name), e.getMessage()), e);
    }
  }

  String read(String name) {
    try (var in = fileSystem.open(new Path(folder, name))) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(path(name), e.getMessage()), e);
    }
  }

  public void write(String name, String text) {
    try (OutputStream out = create(name)) {
      out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(path(name), e.getMessage()), e);
    }
  }

  /** Says that everything is written, and that no checkpoint is needed any more. */
  public void complete() {
    write(MARK, COMPLETE);
    try {
      writer.delete();
      fileSystem.delete(new Path(folder, CHECKPOINT), true);
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(path(CHECKPOINT), e.getMessage()), e);
    }
  }
}
