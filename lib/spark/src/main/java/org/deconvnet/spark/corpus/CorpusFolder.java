package org.deconvnet.spark.corpus;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A folder of loose files: every name that its file system holds, and the files' bytes. */
interface CorpusFolder {
  /** Local folders are read without Hadoop, which loses some names and refuses others. */
  static CorpusFolder of(FileSystem fileSystem, Path root) {
    return LocalFolder.isOn(fileSystem)
        ? new LocalFolder(root.toUri().getPath())
        : new HadoopFolder(fileSystem, root);
  }

  /**
   * Whether it is a file and no folder at all.
   *
   * @throws FileNotFoundException if there is nothing
   */
  boolean isFile() throws IOException;

  /**
   * All that lies directly in a folder of this one, in any order, hidden names too.
   *
   * @param below empty, or an id with a slash at its end
   */
  List<FolderEntry> entries(String below) throws IOException;

  /** A file's bytes; of one above the limit of its length so many as show it. */
  byte[] content(String id) throws IOException;
}
