package org.deconvnet.spark.corpus;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Which files each shard holds: neighbours in the order of ids, until they weigh enough. A shard's
 * list is written to a file as soon as it is full, so a driver never holds more than one.
 */
final class ShardPlan {
  /** A folder of tiny files must not become one endless list. */
  private static final int MOST_FILES = 1_000_000;

  private final FileSystem fileSystem;
  private final Path folder;
  private final long bytesOfAShard;
  private final List<ImageFile> next = new ArrayList<>();
  private long bytes;
  private int shards;

  /**
   * @param folder where the lists are written
   * @param bytesOfAShard a shard is full when its files hold so many bytes
   */
  ShardPlan(FileSystem fileSystem, Path folder, long bytesOfAShard) {
    this.fileSystem = fileSystem;
    this.folder = folder;
    this.bytesOfAShard = bytesOfAShard;
  }

  /** Adds the next file in the order of ids. */
  void add(ImageFile file) throws IOException {
    next.add(file);
    bytes += file.length();
    if (bytes >= bytesOfAShard || next.size() == MOST_FILES) {
      finish();
    }
  }

  /** Writes the last list; returns the number of shards. */
  int finish() throws IOException {
    if (!next.isEmpty()) {
      try (DataOutputStream out = fileSystem.create(list(folder, shards), true)) {
        out.writeInt(next.size());
        for (ImageFile file : next) {
          out.writeUTF(file.id());
        }
      }
      shards++;
      next.clear();
      bytes = 0;
    }
    return shards;
  }

  private static Path list(Path folder, int shard) {
    return new Path(folder, Integer.toString(shard));
  }

  /** The ids of a shard's files, ascending. */
  static List<String> read(FileSystem fileSystem, Path folder, int shard) throws IOException {
    try (DataInputStream in = fileSystem.open(list(folder, shard))) {
      int count = in.readInt();
      List<String> ids = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        ids.add(in.readUTF());
      }
      return ids;
    }
  }
}
