package org.deconvnet.spark.corpus;

import java.io.IOException;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;

/**
 * Files that tasks write through Hadoop. A file has its name only when it is whole; a task that
 * runs again writes the same bytes again.
 */
public final class WholeFile {
  private WholeFile() {}

  /** What is written, to a place that no other attempt writes to. */
  public interface Writing {
    void to(Path part) throws IOException;
  }

  public static void write(FileSystem fileSystem, Path file, Writing writing) throws IOException {
    FileSystem plain = withoutChecksums(fileSystem);
    if (LocalFolder.isOn(fileSystem) && !NameEncoding.holds(file.toUri().getPath())) {
      // Two names might become one.
      throw new IOException(NameEncoding.complaint());
    }
    // Attempts of one task that run at the same time must not meet in one file.
    long attempt = TaskContext.get() == null ? 0 : TaskContext.get().taskAttemptId();
    Path part = new Path(file.getParent(), "_" + file.getName() + "." + attempt);
    writing.to(part);
    if (fileSystem instanceof ChecksumFileSystem checksums) {
      plain.delete(checksums.getChecksumFile(part), false);
    }
    if (plain.rename(part, file)) {
      return;
    }
    // HDFS renames onto no file: an earlier attempt has written this one.
    plain.delete(file, false);
    if (!plain.rename(part, file)) {
      throw new IOException("cannot rename " + part);
    }
  }

  /**
   * The same files, written without the hidden checksum files that Hadoop puts beside local ones:
   * they would only puzzle whoever opens the folder. Spark's own writers keep theirs.
   */
  public static FileSystem withoutChecksums(FileSystem fileSystem) {
    return fileSystem instanceof ChecksumFileSystem checksums
        ? checksums.getRawFileSystem()
        : fileSystem;
  }
}
