package org.deconvnet.spark.corpus;

import java.io.IOException;
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
    // Checksum files beside the results would only puzzle whoever opens the folder.
    fileSystem.setWriteChecksum(false);
    // Attempts of one task that run at the same time must not meet in one file.
    long attempt = TaskContext.get() == null ? 0 : TaskContext.get().taskAttemptId();
    Path part = new Path(file.getParent(), "_" + file.getName() + "." + attempt);
    writing.to(part);
    if (fileSystem.rename(part, file)) {
      return;
    }
    // HDFS renames onto no file: an earlier attempt has written this one.
    fileSystem.delete(file, false);
    if (!fileSystem.rename(part, file)) {
      throw new IOException("cannot rename " + part);
    }
  }
}
