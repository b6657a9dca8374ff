package org.deconvnet.spark.corpus;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files below a folder in the order of their ids, whatever order the file system lists them in.
 * The names of one folder and of its parents are in memory at a time. {@link HiddenNames} are
 * passed over; every other name is either a file or refused.
 */
final class CorpusWalk {
  /** Links that lead to each other would never end. */
  private static final int DEEPEST = 64;

  private static final String RESULT = "a result of deconvnet, left out";

  /** What is done with each file that may be an image. */
  interface Visitor {
    void visit(ImageFile file) throws IOException;
  }

  private final CorpusFolder folder;
  private final Path root;
  private final Visitor visitor;
  private final Consumer<SkippedFile> refused;
  private final Set<String> classFolders = new TreeSet<>();

  /**
   * @param refused takes what cannot be an image, as the listing shows: each file, and as one each
   *     folder that is left out
   */
  CorpusWalk(FileSystem fileSystem, Path root, Visitor visitor, Consumer<SkippedFile> refused) {
    this.folder = CorpusFolder.of(fileSystem, root);
    this.root = root;
    this.visitor = visitor;
    this.refused = refused;
  }

  /**
   * Visits all files.
   *
   * @return the folders that lie in the root, empty ones too
   * @throws CorpusException if the root is a file, or folders are nested without an end
   */
  Set<String> run() throws IOException {
    if (folder.isFile()) {
      throw noFolder(root.toString());
    }
    walk("", folder.entries(""), 0);
    return classFolders;
  }

  static CorpusException noFolder(String root) {
    return new CorpusException(
        "corpus %s: expected a folder of images, got a file; give the folder it lies in"
            .formatted(root));
  }

  /**
   * @throws CorpusException if folders are nested deeper than any corpus needs
   */
  static void requireDepth(String root, String below, int depth) {
    if (depth > DEEPEST) {
      throw new CorpusException(
          "corpus %s: expected folders at most %d deep, got %s; does a link lead back?"
              .formatted(root, DEEPEST, below));
    }
  }

  private void walk(String below, List<FolderEntry> entries, int depth) throws IOException {
    requireDepth(root.toString(), below, depth);
    entries.sort(Comparator.comparing(FolderEntry::key));
    for (FolderEntry entry : entries) {
      if (!HiddenNames.isHidden(entry)) {
        visit(below + entry.key(), entry, depth);
      }
    }
  }

  private void visit(String id, FolderEntry entry, int depth) throws IOException {
    if (entry.refusal() != null) {
      refused.accept(new SkippedFile(id, entry.refusal()));
    } else if (entry.isFolder()) {
      enter(id, depth);
    } else {
      ImageFile file = new ImageFile(id, entry.length());
      String refusal = FileSource.refusal(file);
      if (refusal == null) {
        visitor.visit(file);
      } else {
        refused.accept(new SkippedFile(id, refusal));
      }
    }
  }

  private void enter(String id, int depth) throws IOException {
    List<FolderEntry> entries = folder.entries(id);
    if (HiddenNames.holdMark(entries)) {
      refused.accept(new SkippedFile(id, RESULT));
    } else {
      classFolders.add(ImageId.classOf(id));
      walk(id, entries, depth + 1);
    }
  }
}
