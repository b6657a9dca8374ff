package org.deconvnet.spark.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deconvnet.spark.corpus.PackedDescription.ClassFolder;
import org.deconvnet.spark.corpus.PackedDescription.Shard;

/** Counts what goes into a shard while it is written. For one thread. */
final class ShardContents {
  private final Map<String, ClassFolder> classes = new LinkedHashMap<>();
  private final List<SkippedFile> skipped = new ArrayList<>();
  private long images;

  void image(String id, long bytes, long pixels) {
    images++;
    add(new ClassFolder(ImageId.classOf(id), 1, bytes, pixels));
  }

  /** A file that is no image; its folder is a class nevertheless, as it is of loose files. */
  void skipped(String id, String reason) {
    skipped.add(new SkippedFile(id, reason));
    if (ImageId.classOf(id) != null) {
      add(new ClassFolder(ImageId.classOf(id), 0, 0, 0));
    }
  }

  private void add(ClassFolder folder) {
    classes.merge(folder.name() == null ? "" : folder.name(), folder, ClassFolder::plus);
  }

  ShardWriter.Written written(String file, long bytes) {
    return new ShardWriter.Written(
        new Shard(file, bytes, images), new ArrayList<>(classes.values()), skipped);
  }
}
