package org.deconvnet.spark.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.corpus.ImageId;
import org.deconvnet.spark.corpus.WholeFile;
import org.deconvnet.store.NpzCode;

/**
 * Sparse codes of a run, a file an image and layer, ID being the image's path below the corpus:
 * {@code ID.npz}, or {@code ID.layer2.npz} where there are several layers. Tasks write them through
 * Hadoop where the images are.
 */
public final class NpzFolder implements Serializable {
  private static final long serialVersionUID = 1;

  private final String root;
  private final SerializableConfiguration hadoop;

  public NpzFolder(SparkSession spark, OutputFolder output, String name) {
    root = output.path(name);
    hadoop = new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
  }

  /** Writes the content of a file. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * @param suffix after the id
   * @param code sparse
   */
  public void write(String id, String suffix, Row code) {
    write(
        id,
        suffix,
        out ->
            NpzCode.write(
                out,
                FeatureMapsColumn.shape(code),
                FeatureMapsColumn.indices(code),
                FeatureMapsColumn.values(code)));
  }

  /**
   * @param suffix after the id
   * @param content as {@link NpzCode} writes it
   */
  public void write(String id, String suffix, Content content) {
    Path file = new Path(root + "/" + ImageId.requireBelow(id) + suffix + ".npz");
    try {
      FileSystem fileSystem = file.getFileSystem(hadoop.value());
      WholeFile.write(
          fileSystem,
          file,
          part -> {
            try (OutputStream out = fileSystem.create(part, true)) {
              content.writeTo(out);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("code %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
