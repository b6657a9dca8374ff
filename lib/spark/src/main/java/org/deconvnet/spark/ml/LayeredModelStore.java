package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.Map;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.store.ModelFiles;

/**
 * How the models of networks are saved: Spark's metadata, and the network in a folder of its own.
 */
final class LayeredModelStore {
  private static final String NETWORK = "/network";

  private LayeredModelStore() {}

  /** Writes a network in its own format. */
  interface WriteNetwork<N> {
    void write(N network, Map<String, String> provenance, ModelFiles files) throws IOException;
  }

  /** Reads a network in its own format and makes the model. */
  interface ReadModel<M> {
    M read(String uid, ModelFiles files) throws IOException;
  }

  static final class Writer<N extends org.deconvnet.network.Network> extends MLWriter {
    private final LayeredModel<N, ?> model;
    private final WriteNetwork<N> format;

    Writer(LayeredModel<N, ?> model, WriteNetwork<N> format) {
      this.model = model;
      this.format = format;
    }

    @Override
    public void saveImpl(String path) {
      try {
        DefaultParamsWriter.saveMetadata(model, path, sparkSession());
        format.write(
            model.network(),
            model.provenance(),
            new HadoopModelFiles(sparkSession(), path + NETWORK));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException("cannot write the network to " + path, e);
      }
    }
  }

  static final class Reader<M extends LayeredModel<?, ?>> extends MLReader<M> {
    private final Class<M> type;
    private final ReadModel<M> format;

    Reader(Class<M> type, ReadModel<M> format) {
      this.type = type;
      this.format = format;
    }

    @Override
    public M load(String path) {
      SparkSession spark = sparkSession();
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, spark, type.getName());
      try {
        M model = format.read(metadata.uid(), new HadoopModelFiles(spark, path + NETWORK));
        metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
        return model;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e.getMessage(), e);
      }
    }
  }
}
