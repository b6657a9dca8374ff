package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.label.HeadOptions;
import org.deconvnet.label.LabelledMaps;
import org.deconvnet.label.LearningOptions;
import org.deconvnet.label.NetworkInputs;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.LabelColumn;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.exec.LabellingTraining;
import org.deconvnet.spark.exec.RoundListener;
import org.deconvnet.spark.exec.TrainedLabelling;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * Learns to give each pixel of an image a class, after Long, Shelhamer and Darrell (CVPR 2015):
 * from maps of frozen layers ({@link #layerCols}), with an encoder of its own ({@link #widths}),
 * or, with neither, from each pixel's colour and place.
 *
 * <p>Input: unique ids, images of one size, labels of their pixels ({@link LabelColumn}), and maps
 * of layers of any size. Rows without one of these are left out and counted ({@code
 * handleInvalid}).
 *
 * <pre>{@code
 * new PixelLabelling().setLayerCols("layer1", "layer2").setStrides(2, 4).setWidths().fit(images);
 * }</pre>
 */
public final class PixelLabelling extends Estimator<PixelLabellingModel>
    implements LabelLearningParams<PixelLabelling>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private transient RoundListener listener = RoundListener.SILENT;
  private transient Checkpointing checkpointing = Checkpointing.NONE;

  public PixelLabelling() {
    this(Identifiable$.MODULE$.randomUID("pixelLabelling"));
  }

  public PixelLabelling(String uid) {
    this.uid = uid;
    Defaults.ofLabelling(this);
    Defaults.ofLabellingHead(this);
    Defaults.ofLabelLearning(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Hears about progress on the driver; not a parameter, not saved. */
  public PixelLabelling setListener(RoundListener value) {
    listener = value;
    return this;
  }

  /** Leaves checkpoints, and goes on from one. Not a parameter, not saved. */
  public PixelLabelling setCheckpointing(Checkpointing value) {
    checkpointing = value;
    return this;
  }

  /**
   * All Params of the network, but for the columns, which stay numbered from 1. {@link #fit}
   * refuses a head of another number of layers than there are columns.
   */
  public PixelLabelling setHead(HeadOptions head) {
    return setStrides(ints(head.strides()))
        .setAbsolute(head.absolute())
        .setPlace(head.place())
        .setWidths(ints(head.widths()))
        .setConvolutions(head.convolutions())
        .setHidden(head.hidden())
        .setSkips(head.skips());
  }

  /** All Params of the learning. */
  public PixelLabelling setLearning(LearningOptions learning) {
    return setMaxIter(learning.epochs())
        .setRate(learning.rate())
        .setWeightDecay(learning.weightDecay())
        .setBalance(learning.balance())
        .setGroupImages(learning.groupImages())
        .setBatchGroups(learning.batchGroups());
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private HeadOptions head() {
    return new HeadOptions(
        IntStream.rangeClosed(1, getLayerCols().length).boxed().toList(),
        Arrays.stream(getStrides()).boxed().toList(),
        getAbsolute(),
        getPlace(),
        Arrays.stream(getWidths()).boxed().toList(),
        getConvolutions(),
        getHidden(),
        getSkips());
  }

  private LearningOptions learning() {
    return new LearningOptions(
        getMaxIter(),
        getRate(),
        getWeightDecay(),
        getBalance(),
        getGroupImages(),
        getBatchGroups());
  }

  @Override
  public PixelLabellingModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    List<String> columns = new ArrayList<>(List.of(getIdCol(), getInputCol(), getLabelsCol()));
    columns.addAll(Arrays.asList(getLayerCols()));
    UsableRows usable = new UsableRows(dataset, this, columns.toArray(String[]::new)).requireAny();
    NetworkInputs inputs = new NetworkInputs(head(), shape(usable.rows().first()));
    JavaRDD<LabelledMaps> images = usable.rows().map(row -> item(row, inputs));
    LabellingTraining.Task task =
        new LabellingTraining.Task(inputs, learning(), getClassCount(), getPartitions(), getSeed());
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    TrainedLabelling trained =
        new LabellingTraining(context, getEngine(), checkpointing, listener).train(images, task);
    trained = trained.withLeftOut(usable.reportLeftOut());
    return copyValues(
        new PixelLabellingModel(uid, trained.network(), trained).setParent(this), ParamMap.empty());
  }

  private static Shape shape(Row row) {
    return FeatureMapsColumn.shape(row.getStruct(1));
  }

  /** Of a row's id, image, labels and layers. */
  private static LabelledMaps item(Row row, NetworkInputs inputs) {
    String id = row.getString(0);
    try {
      List<FeatureMaps> layers = new ArrayList<>();
      for (int i = 0; i < inputs.head().layers().size(); i++) {
        layers.add(FeatureMapsColumn.fromRow(row.getStruct(3 + i)));
      }
      return new LabelledMaps(
          id,
          inputs.of(FeatureMapsColumn.fromRow(row.getStruct(1)), layers),
          LabelColumn.fromRow(row.getStruct(2)));
    } catch (IllegalArgumentException e) {
      throw UserErrorException.of(id, e);
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, getIdCol(), DataTypes.StringType, uid);
    Columns.require(schema, getLabelsCol(), LabelColumn.TYPE, uid);
    head();
    return PixelLabellingModel.schema(schema, this);
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
  }

  @Override
  public PixelLabelling copy(ParamMap extra) {
    PixelLabelling copy = defaultCopy(extra);
    return copy.setListener(listener).setCheckpointing(checkpointing);
  }

  public static MLReader<PixelLabelling> read() {
    return new DefaultParamsReader<>();
  }

  public static PixelLabelling load(String path) throws IOException {
    return read().load(path);
  }
}
