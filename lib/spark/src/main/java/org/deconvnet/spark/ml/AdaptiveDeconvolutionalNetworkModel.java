package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.conv.ConvolutionEngines;
import org.deconvnet.infer.NetworkInference;
import org.deconvnet.layer.Network;
import org.deconvnet.layer.NetworkFormat;
import org.deconvnet.spark.exec.Mapped;
import org.deconvnet.spark.exec.TrainedNetwork;
import org.deconvnet.tensor.FeatureMaps;

/**
 * A trained adaptive deconvolutional network. Adds one column a layer, {@code layer1}, {@code
 * layer2}, …: its responses before the last pooling, as the maps of layer 1 see them ({@link
 * FeatureMapsColumn#DENSE}). {@link #codes} gives the sparse codes instead. Thread-safe.
 */
public final class AdaptiveDeconvolutionalNetworkModel
    extends Model<AdaptiveDeconvolutionalNetworkModel> implements MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final Network network;
  private final transient TrainedNetwork training;
  private final Param<String> inputCol;
  private final Param<String> idCol;
  private final Param<String> engine;

  AdaptiveDeconvolutionalNetworkModel(String uid, Network network, TrainedNetwork training) {
    this.uid = uid;
    this.network = network;
    this.training = training;
    inputCol = new Param<>(this, "inputCol", "column of preprocessed images");
    idCol = new Param<>(this, "idCol", "column of unique ids (strings)");
    engine = new Param<>(this, "engine", "convolution engine: auto, vector or scalar");
    setDefault(inputCol, "image");
    setDefault(idCol, "path");
    setDefault(engine, "auto");
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> inputCol() {
    return inputCol;
  }

  public Param<String> idCol() {
    return idCol;
  }

  public Param<String> engine() {
    return engine;
  }

  public AdaptiveDeconvolutionalNetworkModel setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  public AdaptiveDeconvolutionalNetworkModel setEngine(String value) {
    set(engine, value);
    return this;
  }

  public Network network() {
    return network;
  }

  /** How training went; empty for a model that was loaded. */
  public Optional<TrainedNetwork> training() {
    return Optional.ofNullable(training);
  }

  public static String layerColumn(int number) {
    return "layer" + number;
  }

  static StructType withLayerColumns(StructType schema, int depth, String stage) {
    StructType out = schema;
    for (int number = 1; number <= depth; number++) {
      out = Columns.add(out, layerColumn(number), FeatureMapsColumn.DENSE, stage);
    }
    return out;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, $(inputCol), FeatureMapsColumn.DENSE, uid);
    return withLayerColumns(schema, network.depth(), uid);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    return inferred(
        dataset,
        out,
        (inference, image) ->
            inference.infer(image).stream()
                .map(result -> FeatureMapsColumn.toRow(result.responses()))
                .toArray());
  }

  /**
   * The sparse codes of an image's layers in columns {@code layer1}, {@code layer2}, … ({@link
   * FeatureMapsColumn#SPARSE}).
   */
  public Dataset<Row> codes(Dataset<?> dataset) {
    Columns.require(dataset.schema(), $(inputCol), FeatureMapsColumn.DENSE, uid);
    StructType out = dataset.schema();
    for (int number = 1; number <= network.depth(); number++) {
      out = Columns.add(out, layerColumn(number), FeatureMapsColumn.SPARSE, uid);
    }
    return inferred(
        dataset,
        out,
        (inference, image) ->
            inference.codes(image).stream().map(FeatureMapsColumn::toRow).toArray());
  }

  /** One column a layer, from an image. */
  private interface ToColumns extends java.io.Serializable {
    Object[] columns(NetworkInference inference, FeatureMaps image);
  }

  private Dataset<Row> inferred(Dataset<?> dataset, StructType out, ToColumns layers) {
    String name = ConvolutionEngines.resolve($(engine));
    int input = dataset.schema().fieldIndex($(inputCol));
    Broadcast<Network> shared =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext()).broadcast(network);
    return dataset
        .toDF()
        .mapPartitions(
            (Iterator<Row> rows) -> infer(rows, shared.value(), name, input, layers),
            Encoders.row(out));
  }

  private static Iterator<Row> infer(
      Iterator<Row> rows, Network network, String engine, int input, ToColumns layers) {
    NetworkInference inference = new NetworkInference(ConvolutionEngines.create(engine), network);
    return new Mapped<>(
        rows,
        row -> {
          FeatureMaps image = FeatureMapsColumn.fromRow(row.getStruct(input));
          return Columns.append(row, layers.columns(inference, image));
        });
  }

  @Override
  public AdaptiveDeconvolutionalNetworkModel copy(ParamMap extra) {
    AdaptiveDeconvolutionalNetworkModel copy =
        new AdaptiveDeconvolutionalNetworkModel(uid, network, training);
    return copyValues(copy.setParent(parent()), extra);
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  public static MLReader<AdaptiveDeconvolutionalNetworkModel> read() {
    return new Reader();
  }

  public static AdaptiveDeconvolutionalNetworkModel load(String path) throws IOException {
    return read().load(path);
  }

  private Map<String, String> provenance() {
    Map<String, String> all = new TreeMap<>();
    all.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    all.put("java", System.getProperty("java.version"));
    if (training != null) {
      all.put("engine", training.engine());
      all.put("trainingImages", Long.toString(training.last().get(0).images()));
    }
    return all;
  }

  private static final class Writer extends MLWriter {
    private final AdaptiveDeconvolutionalNetworkModel model;

    Writer(AdaptiveDeconvolutionalNetworkModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      try {
        DefaultParamsWriter.saveMetadata(model, path, sparkSession());
        NetworkFormat.write(
            model.network,
            model.provenance(),
            new HadoopModelFiles(sparkSession(), path + "/network"));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException("cannot write the network to " + path, e);
      }
    }
  }

  private static final class Reader extends MLReader<AdaptiveDeconvolutionalNetworkModel> {
    @Override
    public AdaptiveDeconvolutionalNetworkModel load(String path) {
      SparkSession spark = sparkSession();
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(
              path, spark, AdaptiveDeconvolutionalNetworkModel.class.getName());
      try {
        Network network = NetworkFormat.read(new HadoopModelFiles(spark, path + "/network"));
        AdaptiveDeconvolutionalNetworkModel model =
            new AdaptiveDeconvolutionalNetworkModel(metadata.uid(), network, null);
        metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
        return model;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e.getMessage(), e);
      }
    }
  }
}
