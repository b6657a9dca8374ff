package org.deconvnet.spark.ml;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.cnn.CnnFormat;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.tensor.UserErrorException;

/** Networks in files, on whatever file system Hadoop knows the path by. */
final class NetworkFile {
  private static final String FOLDER = "/network";
  private static final String FILE = "network.onnx";
  private static final String OPTIONS = "options.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private NetworkFile() {}

  static CnnNetwork read(SparkSession spark, String path, CnnOptions options) {
    Path file = new Path(path);
    CnnFormat format = CnnFormat.of(path);
    byte[] whole =
        format.whole(
            path, bytes(spark, file), name -> bytes(spark, new Path(file.getParent(), name)));
    return CnnNetwork.read(path, whole, options);
  }

  private static byte[] bytes(SparkSession spark, Path file) {
    try {
      FileSystem fileSystem = file.getFileSystem(spark.sparkContext().hadoopConfiguration());
      FileStatus status = fileSystem.getFileStatus(file);
      if (status.isDirectory()) {
        throw new UserErrorException("network %s: expected a file, got a folder".formatted(file));
      }
      if (status.getLen() > Integer.MAX_VALUE - Long.BYTES) {
        throw new UserErrorException(
            "network %s: expected a file of at most 2 GB, got %d bytes"
                .formatted(file, status.getLen()));
      }
      try (InputStream in = fileSystem.open(file)) {
        return in.readNBytes((int) status.getLen());
      }
    } catch (FileNotFoundException e) {
      throw new UserErrorException("network %s: expected a file, found none".formatted(file));
    } catch (IOException e) {
      throw new UncheckedIOException("network %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Spark's metadata, and the network's own file beside how images come to it. */
  static final class Writer extends MLWriter {
    private final OnnxNetwork stage;

    Writer(OnnxNetwork stage) {
      this.stage = stage;
    }

    @Override
    public void saveImpl(String path) {
      try {
        DefaultParamsWriter.saveMetadata(stage, path, sparkSession());
        HadoopModelFiles files = new HadoopModelFiles(sparkSession(), path + FOLDER);
        try (OutputStream out = files.create(FILE)) {
          out.write(stage.network().content());
        }
        try (OutputStream out = files.create(OPTIONS)) {
          out.write(JSON.writeValueAsBytes(stage.network().options()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the network to " + path, e);
      }
    }
  }

  static final class Reader extends MLReader<OnnxNetwork> {
    @Override
    public OnnxNetwork load(String path) {
      SparkSession spark = sparkSession();
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, spark, OnnxNetwork.class.getName());
      try {
        HadoopModelFiles files = new HadoopModelFiles(spark, path + FOLDER);
        CnnOptions options;
        try (InputStream in = files.open(OPTIONS)) {
          options = JSON.readValue(in, CnnOptions.class);
        }
        OnnxNetwork stage =
            new OnnxNetwork(
                metadata.uid(), NetworkFile.read(spark, files.location() + "/" + FILE, options));
        metadata.getAndSetParams(stage, metadata.getAndSetParams$default$2());
        return stage;
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }
}
