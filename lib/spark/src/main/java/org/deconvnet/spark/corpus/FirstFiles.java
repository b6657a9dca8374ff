package org.deconvnet.spark.corpus;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecodeException;
import org.deconvnet.preprocess.ImageDecoder;

/**
 * Decodes the first files of a folder, in the order in which {@link CorpusWalk} visits them, and
 * lists no more folders than it takes to find them. Not thread-safe.
 */
final class FirstFiles {
  private final String root;
  private final CorpusFolder folder;
  private final int atMost;
  private int files;
  private int images;
  private String firstSkipped = "";

  FirstFiles(String root, CorpusFolder folder, int atMost) {
    this.root = root;
    this.folder = folder;
    this.atMost = atMost;
  }

  /**
   * @throws CorpusException if the root is a file
   * @throws IOException if it, or a folder below, cannot be listed, or a file cannot be read
   */
  CorpusGlance look() throws IOException {
    if (folder.isFile()) {
      throw CorpusWalk.noFolder(root);
    }
    look("", folder.entries(""), 0);
    return new CorpusGlance(root, false, files, images, files == atMost, firstSkipped);
  }

  private void look(String below, List<FolderEntry> entries, int depth) throws IOException {
    CorpusWalk.requireDepth(root, below, depth);
    entries.sort(Comparator.comparing(FolderEntry::key));
    for (FolderEntry entry : entries) {
      if (files == atMost) {
        return;
      }
      if (!HiddenNames.isHidden(entry)) {
        look(below + entry.key(), entry, depth);
      }
    }
  }

  private void look(String id, FolderEntry entry, int depth) throws IOException {
    if (entry.refusal() != null) {
      skip(id, entry.refusal());
    } else if (entry.isFolder()) {
      List<FolderEntry> entries = folder.entries(id);
      if (!HiddenNames.holdMark(entries)) {
        look(id, entries, depth + 1);
      }
    } else {
      decode(new ImageFile(id, entry.length()));
    }
  }

  private void decode(ImageFile file) throws IOException {
    String refusal = FileSource.refusal(file);
    if (refusal != null) {
      skip(file.id(), refusal);
      return;
    }
    try {
      ImageDecoder.decode(folder.content(file.id()), DecodeLimits.DEFAULT);
      files++;
      images++;
    } catch (ImageDecodeException e) {
      skip(file.id(), e.getMessage());
    }
  }

  private void skip(String id, String reason) {
    files++;
    if (firstSkipped.isEmpty()) {
      firstSkipped = id + ": " + reason;
    }
  }
}
