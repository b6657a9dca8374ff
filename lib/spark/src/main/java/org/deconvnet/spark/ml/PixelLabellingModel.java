package org.deconvnet.spark.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.label.GroupAtWork;
import org.deconvnet.label.LabellingNetwork;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.LabelColumn;
import org.deconvnet.spark.exec.PartitionLoop;
import org.deconvnet.spark.exec.TrainedLabelling;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * Gives each pixel of an image a class: adds a column of labels ({@link LabelColumn}). A row
 * without an image, or without a layer's maps, gets null ({@code handleInvalid}). Thread-safe.
 */
public final class PixelLabellingModel extends Model<PixelLabellingModel>
    implements LabellingParams<PixelLabellingModel>, MLWritable {
  private static final long serialVersionUID = 1;
  private static final String NETWORK = "/network";

  private final String uid;
  private final LabellingNetwork network;
  private final transient TrainedLabelling training;

  PixelLabellingModel(String uid, LabellingNetwork network, TrainedLabelling training) {
    this.uid = uid;
    this.network = network;
    this.training = training;
    Defaults.ofLabelling(this);
  }

  /** A model of a network that no estimator has learned. */
  public static PixelLabellingModel ofNetwork(LabellingNetwork network) {
    return new PixelLabellingModel(
        Identifiable$.MODULE$.randomUID("pixelLabelling"), network, null);
  }

  @Override
  public String uid() {
    return uid;
  }

  public LabellingNetwork network() {
    return network;
  }

  /** How training went; empty for a model that was loaded. */
  public Optional<TrainedLabelling> training() {
    return Optional.ofNullable(training);
  }

  static StructType schema(StructType schema, LabellingParams<?> stage) {
    FeatureMapsColumn.requireDense(schema, stage.getInputCol(), stage.uid());
    for (String column : stage.getLayerCols()) {
      FeatureMapsColumn.requireDense(schema, column, stage.uid());
    }
    return Columns.add(schema, stage.getOutputCol(), LabelColumn.TYPE, stage.uid());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    int layers = network.inputs().head().layers().size();
    if (getLayerCols().length != layers) {
      throw new UserErrorException(
          "%s: layerCols: expected as many as the network was learned from, %d, got %d"
              .formatted(uid, layers, getLayerCols().length));
    }
    return schema(schema, this);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    String name = ConvolutionEngines.resolve(getEngine());
    int image = dataset.schema().fieldIndex(getInputCol());
    int[] layers = Arrays.stream(getLayerCols()).mapToInt(dataset.schema()::fieldIndex).toArray();
    List<String> needed = new ArrayList<>(List.of(getInputCol()));
    needed.addAll(Arrays.asList(getLayerCols()));
    RowCheck check = RowCheck.of(dataset.schema(), this, needed.toArray(String[]::new));
    Broadcast<LabellingNetwork> shared =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext()).broadcast(network);
    return PartitionLoop.over(
        dataset,
        out,
        rows -> {
          LabellingNetwork here = shared.value();
          GroupAtWork work =
              new GroupAtWork(here.weights().plan(), ConvolutionEngines.create(name).kernels(), 1);
          work.set(here.weights());
          return check.append(rows, 1, row -> labelled(row, image, layers, here, work));
        });
  }

  private static Object[] labelled(
      Row row, int image, int[] layers, LabellingNetwork network, GroupAtWork work) {
    List<FeatureMaps> maps =
        Arrays.stream(layers)
            .mapToObj(layer -> FeatureMapsColumn.fromRow(row.getStruct(layer)))
            .toList();
    List<FeatureMaps> inputs =
        network.inputs().of(FeatureMapsColumn.fromRow(row.getStruct(image)), maps);
    return new Object[] {LabelColumn.toRow(work.label(inputs, network.scales()))};
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
  }

  @Override
  public PixelLabellingModel copy(ParamMap extra) {
    return copyValues(new PixelLabellingModel(uid, network, training).setParent(parent()), extra);
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  public static MLReader<PixelLabellingModel> read() {
    return new Reader();
  }

  public static PixelLabellingModel load(String path) throws IOException {
    return read().load(path);
  }

  /** Spark's metadata, and the network in a folder of its own. */
  private static final class Writer extends MLWriter {
    private final PixelLabellingModel model;

    Writer(PixelLabellingModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      try {
        DefaultParamsWriter.saveMetadata(model, path, sparkSession());
        model.network.write(new HadoopModelFiles(sparkSession(), path + NETWORK));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the network to " + path, e);
      }
    }
  }

  private static final class Reader extends MLReader<PixelLabellingModel> {
    @Override
    public PixelLabellingModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(
              path, sparkSession(), PixelLabellingModel.class.getName());
      try {
        PixelLabellingModel model =
            new PixelLabellingModel(
                metadata.uid(),
                LabellingNetwork.read(new HadoopModelFiles(sparkSession(), path + NETWORK)),
                null);
        metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
        return model;
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }
}
