package org.deconvnet.spark.experiment;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecoder;
import org.deconvnet.report.PngWriter;
import org.deconvnet.tensor.FeatureMaps;

/**
 * PNG files of a run, {@code images/ID/NAME.png}, ID being the image's path below the corpus. Tasks
 * write them through Hadoop where the images are. A file has its name only when it is whole; a task
 * that runs again writes the same bytes again.
 */
final class PictureFolder implements Serializable {
  private static final long serialVersionUID = 1;
  static final String NAME = "images";

  private final String root;
  private final SerializableConfiguration hadoop;

  PictureFolder(SparkSession spark, OutputFolder output) {
    root = output.path(NAME);
    hadoop = new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
  }

  void write(String id, String name, BufferedImage picture) {
    Path file = file(id, name);
    try {
      FileSystem fileSystem = fileSystem(file);
      // Attempts of one task that run at the same time must not meet in one file.
      long attempt = TaskContext.get() == null ? 0 : TaskContext.get().taskAttemptId();
      Path part = new Path(file.getParent(), "_" + name + "." + attempt);
      try (OutputStream out = fileSystem.create(part, true)) {
        out.write(PngWriter.encode(picture));
      }
      replace(fileSystem, part, file);
    } catch (IOException e) {
      throw new UncheckedIOException("picture %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void replace(FileSystem fileSystem, Path part, Path file) throws IOException {
    if (fileSystem.rename(part, file)) {
      return;
    }
    // HDFS renames onto no file: an earlier attempt has written this one.
    fileSystem.delete(file, false);
    if (!fileSystem.rename(part, file)) {
      throw new IOException("cannot rename " + part);
    }
  }

  /**
   * Pictures that were written for an image.
   *
   * @return (1 or 3, H, W) each, in [0, 1]
   */
  List<FeatureMaps> read(String id, List<String> names) {
    return names.stream().map(name -> read(file(id, name))).toList();
  }

  private FeatureMaps read(Path file) {
    try (InputStream in = fileSystem(file).open(file)) {
      return ImageDecoder.decode(in.readAllBytes(), DecodeLimits.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException("picture %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private Path file(String id, String name) {
    return new Path(root + "/" + id + "/" + name + ".png");
  }

  private FileSystem fileSystem(Path file) throws IOException {
    FileSystem fileSystem = file.getFileSystem(hadoop.value());
    // Checksum files beside the pictures would only puzzle whoever opens the folder.
    fileSystem.setWriteChecksum(false);
    return fileSystem;
  }
}
