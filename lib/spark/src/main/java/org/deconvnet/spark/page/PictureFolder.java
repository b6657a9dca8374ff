package org.deconvnet.spark.page;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecoder;
import org.deconvnet.spark.corpus.ImageId;
import org.deconvnet.spark.corpus.WholeFile;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.view.PngWriter;

/**
 * PNG files of a run, {@code images/ID/NAME.png}, ID being the image's path below the corpus. Tasks
 * write them through Hadoop where the images are.
 */
public final class PictureFolder implements Serializable {
  private static final long serialVersionUID = 1;
  public static final String NAME = "images";

  private final String root;
  private final SerializableConfiguration hadoop;

  public PictureFolder(SparkSession spark, OutputFolder output) {
    root = output.path(NAME);
    hadoop = new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
  }

  public void write(String id, String name, BufferedImage picture) {
    Path file = file(id, name);
    try {
      FileSystem fileSystem = file.getFileSystem(hadoop.value());
      WholeFile.write(
          fileSystem,
          file,
          part -> {
            try (OutputStream out = fileSystem.create(part, true)) {
              out.write(PngWriter.encode(picture));
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("picture %s: %s".formatted(file, e.getMessage()), e);
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
    try (InputStream in = file.getFileSystem(hadoop.value()).open(file)) {
      return ImageDecoder.decode(in.readAllBytes(), DecodeLimits.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException("picture %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** An id may come from a packed corpus that anybody wrote: it must not lead elsewhere. */
  private Path file(String id, String name) {
    return new Path(root + "/" + ImageId.requireBelow(id) + "/" + name + ".png");
  }
}
