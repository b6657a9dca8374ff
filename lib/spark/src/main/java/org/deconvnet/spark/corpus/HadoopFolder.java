package org.deconvnet.spark.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.FutureIO;

/** A folder in HDFS, S3 or another file system of Hadoop's. */
record HadoopFolder(FileSystem fileSystem, Path root) implements CorpusFolder {
  /** A file's place. Its name may hold any character; only a text that starts so has a scheme. */
  private Path at(String id) {
    String parent = root.toString();
    return new Path(parent.endsWith("/") ? parent + id : parent + "/" + id);
  }

  @Override
  public boolean isFile() throws IOException {
    return fileSystem.getFileStatus(root).isFile();
  }

  @Override
  public List<FolderEntry> entries(String below) throws IOException {
    Path folder = below.isEmpty() ? root : at(below);
    RemoteIterator<FileStatus> all = fileSystem.listStatusIterator(folder);
    List<FolderEntry> entries = new ArrayList<>();
    while (all.hasNext()) {
      FileStatus status = all.next();
      entries.add(entry(folder, below, status));
    }
    return entries;
  }

  private FolderEntry entry(Path folder, String below, FileStatus status) {
    String name = status.getPath().getName();
    String refusal = refusal(folder, below + name, status.getPath());
    if (refusal != null) {
      return FolderEntry.refused(name, status.isDirectory(), refusal);
    }
    return status.isDirectory()
        ? FolderEntry.folder(name)
        : FolderEntry.file(name, status.getLen());
  }

  /**
   * Why a name that was listed cannot be opened, or null. Hadoop joins slashes, so an S3 key with
   * two of them is listed as another file's name; its checksums take a colon for a scheme's.
   */
  private String refusal(Path folder, String id, Path listed) {
    try {
      Path opened = at(id);
      if (fileSystem instanceof ChecksumFileSystem checksums) {
        checksums.getChecksumFile(opened);
      }
      return isChild(listed, folder) && isChild(opened, folder)
          ? null
          : "Hadoop cannot open its name, it is listed as %s; rename it".formatted(listed);
    } catch (IllegalArgumentException e) {
      return "Hadoop cannot open its name (%s); rename it".formatted(e.getMessage());
    }
  }

  private static boolean isChild(Path file, Path folder) {
    Path parent = file.getParent();
    return parent != null && path(parent).equals(path(folder));
  }

  /** A bucket's own path may be empty. */
  private static String path(Path folder) {
    String path = folder.toUri().getPath();
    return path.isEmpty() ? "/" : path;
  }

  @Override
  public byte[] content(String id) throws IOException {
    Path file = at(id);
    FileStatus status = fileSystem.getFileStatus(file);
    // With the status at hand, S3 is not asked for it a second time.
    try (InputStream in =
        FutureIO.awaitFuture(fileSystem.openFile(file).withFileStatus(status).build())) {
      return FileSource.whole(in, status.getLen());
    }
  }
}
