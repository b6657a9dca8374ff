package org.deconvnet.spark.corpus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The files below a folder in the order of their ids, whatever order the file system lists them in.
 * The names of one folder and of its parents are in memory at a time. Names that start with a dot
 * or an underscore are hidden, as everywhere in Spark.
 */
final class CorpusWalk {
  /** A link that leads back to a parent would never end. */
  private static final int DEEPEST = 64;

  /** What is done with each file. */
  interface Visitor {
    void visit(ImageFile file) throws IOException;
  }

  /** A folder sorts as its files' ids do: by its name with the slash. */
  private record Entry(String key, long length) {
    boolean isFolder() {
      return key.endsWith("/");
    }
  }

  private final FileSystem fileSystem;
  private final Path root;

  CorpusWalk(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /**
   * Visits all files.
   *
   * @throws CorpusException if the root is a file, or folders are nested without an end
   */
  void forEach(Visitor visitor) throws IOException {
    if (fileSystem.getFileStatus(root).isFile()) {
      throw new CorpusException(
          "corpus %s: expected a folder of images, got a file; give the folder it lies in"
              .formatted(root));
    }
    walk("", 0, visitor);
  }

  private void walk(String below, int depth, Visitor visitor) throws IOException {
    if (depth > DEEPEST) {
      throw new CorpusException(
          "corpus %s: expected folders at most %d deep, got %s; does a link lead back?"
              .formatted(root, DEEPEST, below));
    }
    for (Entry entry : entries(below)) {
      if (entry.isFolder()) {
        walk(below + entry.key, depth + 1, visitor);
      } else {
        visitor.visit(new ImageFile(below + entry.key, entry.length));
      }
    }
  }

  private List<Entry> entries(String below) throws IOException {
    Path folder = below.isEmpty() ? root : FileSource.at(root, below);
    RemoteIterator<FileStatus> all = fileSystem.listStatusIterator(folder);
    List<Entry> entries = new ArrayList<>();
    while (all.hasNext()) {
      FileStatus status = all.next();
      String name = status.getPath().getName();
      if (!name.startsWith(".") && !name.startsWith("_")) {
        entries.add(new Entry(status.isDirectory() ? name + "/" : name, status.getLen()));
      }
    }
    entries.sort(Comparator.comparing(Entry::key));
    return entries;
  }
}
