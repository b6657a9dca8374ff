package org.deconvnet.spark.ml;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.Network;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.PartitionLoop;
import org.deconvnet.spark.exec.TrainedNetwork;
import org.deconvnet.tensor.FeatureMaps;

/**
 * A trained network of layers as a Spark ML stage: adds one column a layer, {@code layer1}, {@code
 * layer2}, …, of dense maps ({@link FeatureMapsColumn#DENSE}) or of sparse codes ({@link
 * LayerValuesParam}). A row without an image gets nulls ({@code handleInvalid}). Thread-safe.
 *
 * @param <N> the network
 * @param <M> the model itself
 */
public abstract class LayeredModel<N extends Network, M extends LayeredModel<N, M>> extends Model<M>
    implements LayeredParams<M>, LayerCodes, MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final N network;
  private final transient TrainedNetwork<N> training;

  LayeredModel(String uid, N network, TrainedNetwork<N> training) {
    this.uid = uid;
    this.network = network;
    this.training = training;
    Defaults.ofLayered(this);
  }

  /** What a task makes of an image with its engine: one column a layer. */
  interface ToColumns<N> extends Serializable {
    Function<FeatureMaps, Object[]> with(ConvolutionEngine engine, N network);
  }

  /** The same model of another network. */
  abstract M of(N other);

  /** The network without the layers above a number. */
  abstract N lowest(int layers);

  /** The dense maps of an image's layers. */
  abstract ToColumns<N> toMaps();

  /** The sparse codes of an image's layers. */
  abstract ToColumns<N> toCodes();

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public N network() {
    return network;
  }

  /** How training went; empty for a model that was loaded. */
  public Optional<TrainedNetwork<N>> training() {
    return Optional.ofNullable(training);
  }

  public static String layerColumn(int number) {
    return "layer" + number;
  }

  static StructType withLayerColumns(StructType schema, int depth, boolean codes, String stage) {
    StructType column = codes ? FeatureMapsColumn.SPARSE : FeatureMapsColumn.DENSE;
    StructType out = schema;
    for (int number = 1; number <= depth; number++) {
      out = Columns.add(out, layerColumn(number), column, stage);
    }
    return out;
  }

  /** The same model without the layers above a number: inference costs less. */
  public M upTo(int layers) {
    return copyValues(of(lowest(layers)).setParent(parent()), ParamMap.empty());
  }

  @Override
  public M copy(ParamMap extra) {
    return copyValues(of(network).setParent(parent()), extra);
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
  }

  /** Whether its columns hold sparse codes. */
  boolean givesCodes() {
    return false;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return withLayers(schema, givesCodes());
  }

  private StructType withLayers(StructType schema, boolean codes) {
    FeatureMapsColumn.requireDense(schema, getInputCol(), uid);
    return withLayerColumns(schema, network.depth(), codes, uid);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    return inferred(
        dataset, transformSchema(dataset.schema()), givesCodes() ? toCodes() : toMaps());
  }

  @Override
  public Dataset<Row> codes(Dataset<?> dataset) {
    return inferred(dataset, withLayers(dataset.schema(), true), toCodes());
  }

  /** Adds the columns that each image's layers become. */
  Dataset<Row> inferred(Dataset<?> dataset, StructType out, ToColumns<N> layers) {
    String name = ConvolutionEngines.resolve(getEngine());
    int input = dataset.schema().fieldIndex(getInputCol());
    int added = out.length() - dataset.schema().length();
    RowCheck check = RowCheck.of(dataset.schema(), this, getInputCol());
    Broadcast<N> shared =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext()).broadcast(network);
    return PartitionLoop.over(
        dataset,
        out,
        rows -> {
          Function<FeatureMaps, Object[]> columns =
              layers.with(ConvolutionEngines.create(name), shared.value());
          return check.append(rows, added, row -> infer(row, input, check.id(), columns));
        });
  }

  private static Object[] infer(
      Row row, int input, int id, Function<FeatureMaps, Object[]> columns) {
    FeatureMaps image = FeatureMapsColumn.fromRow(row.getStruct(input));
    try {
      return columns.apply(image);
    } catch (SolverDivergedException e) {
      throw id < 0 ? e : e.inImage(String.valueOf(row.get(id)));
    }
  }

  /** What is written beside the network. */
  Map<String, String> provenance() {
    Map<String, String> all = new TreeMap<>();
    all.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    all.put("java", System.getProperty("java.version"));
    if (training != null) {
      all.put("engine", training.engine());
      all.put("trainingImages", Long.toString(training.last().get(0).images()));
      if (training.leftOut() > 0) {
        all.put("rowsLeftOut", Long.toString(training.leftOut()));
      }
    }
    return all;
  }
}
