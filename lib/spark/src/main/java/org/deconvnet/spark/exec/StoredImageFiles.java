package org.deconvnet.spark.exec;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.spark.checkpoint.CheckpointException;
import org.deconvnet.spark.checkpoint.CheckpointFolder;
import org.deconvnet.spark.checkpoint.StoredImageStream;
import org.deconvnet.spark.checkpoint.StoredImages;

/** Writes and reads {@link StoredImages}, where the tasks are. Stateless. */
final class StoredImageFiles {
  private StoredImageFiles() {}

  /** One file, as a task gets to know it. */
  private record Part(String path, long checksum) implements Serializable {}

  /** Writes the images beside the next checkpoint, a file a partition. */
  static StoredImages write(
      JavaSparkContext context,
      JavaRDD<? extends TrainingImage> images,
      int perBatch,
      CheckpointFolder beside) {
    Path folder = folder(beside);
    Broadcast<SerializableConfiguration> configuration = configuration(context);
    String place = folder.toString();
    List<Long> checksums =
        images
            .mapPartitionsWithIndex(
                (index, part) ->
                    List.of(writePart(part, new Path(place, name(index)), configuration.value()))
                        .iterator(),
                true)
            .collect();
    configuration.unpersist(false);
    return new StoredImages(place, perBatch, checksums);
  }

  private static Path folder(CheckpointFolder beside) {
    try {
      return beside.besideNext();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a checkpoint: " + e.getMessage(), e);
    }
  }

  private static Broadcast<SerializableConfiguration> configuration(JavaSparkContext context) {
    return context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
  }

  private static String name(int part) {
    return "part-%05d".formatted(part);
  }

  /** Attempts of one task write the same bytes under names of their own: the first to end stays. */
  private static long writePart(
      Iterator<? extends TrainingImage> images, Path path, SerializableConfiguration configuration)
      throws IOException {
    FileSystem fileSystem = path.getFileSystem(configuration.value());
    Path attempt = new Path(path + ".attempt-" + TaskContext.get().taskAttemptId());
    CheckedOutputStream checked =
        new CheckedOutputStream(fileSystem.create(attempt, true), new CRC32C());
    try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(checked))) {
      while (images.hasNext()) {
        StoredImageStream.write(images.next(), out);
      }
      StoredImageStream.writeEnd(out);
    }
    if (!fileSystem.rename(attempt, path)) {
      fileSystem.delete(attempt, false);
      if (!fileSystem.exists(path)) {
        throw new IOException("cannot rename %s to %s".formatted(attempt, path));
      }
    }
    return checked.getChecksum().getValue();
  }

  /**
   * The images, in as many partitions as there are files; nothing is read yet. A task that reads a
   * file to its end and finds other bytes than were written throws {@link CheckpointException}.
   */
  static <I extends TrainingImage> JavaRDD<I> read(
      JavaSparkContext context, StoredImages stored, TrainingImage.Maker<I> maker) {
    Broadcast<SerializableConfiguration> configuration = configuration(context);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < stored.checksums().size(); i++) {
      parts.add(new Part(new Path(stored.folder(), name(i)).toString(), stored.checksums().get(i)));
    }
    // As many slices as elements: one file a partition.
    return context
        .parallelize(parts, parts.size())
        .flatMap(part -> readPart(part, maker, configuration.value()));
  }

  private static <I extends TrainingImage> Iterator<I> readPart(
      Part part, TrainingImage.Maker<I> maker, SerializableConfiguration configuration) {
    Path path = new Path(part.path());
    try {
      DataInputStream in =
          new DataInputStream(
              new BufferedInputStream(path.getFileSystem(configuration.value()).open(path)));
      TaskContext.get()
          .addTaskCompletionListener(
              (org.apache.spark.util.TaskCompletionListener) context -> close(in));
      return new StoredImageStream<>(in, maker, part.path(), part.checksum());
    } catch (IOException e) {
      throw CheckpointFolder.damaged(part.path(), e);
    }
  }

  private static void close(DataInputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
