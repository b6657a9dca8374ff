package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.network.cnn.ForwardPass;
import org.deconvnet.network.cnn.ForwardRecord;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.PartitionLoop;

/**
 * A convolutional network of an ONNX file as a Spark ML stage: adds one column a layer, {@code
 * layer1}, {@code layer2}, …, of dense maps or of sparse ones ({@link LayerValuesParam}); a vector
 * of n numbers is n maps of one pixel. Takes images of {@link #crop}. ONNX Runtime runs it, a batch
 * of rows at a time, on one thread a task. A row without an image gets nulls ({@code
 * handleInvalid}). Thread-safe.
 *
 * <pre>{@code
 * OnnxNetwork network = OnnxNetwork.of(spark, "net.onnx", CnnOptions.DEFAULTS);
 * new Pipeline().setStages(new PipelineStage[] {network.crop(), network, new MapVectorizer()});
 * }</pre>
 */
public final class OnnxNetwork extends Transformer
    implements InputParam<OnnxNetwork>,
        InvalidRowParams<OnnxNetwork>,
        LayerValuesParam<OnnxNetwork>,
        LayerCodes,
        MLWritable {
  private static final long serialVersionUID = 1;

  /** Larger ones are hardly faster, and take memory. */
  private static final int BATCH = 16;

  private final String uid;
  private final CnnNetwork network;

  public OnnxNetwork(String uid, CnnNetwork network) {
    this.uid = uid;
    this.network = network;
    Defaults.ofRows(this);
    Defaults.ofLayerValues(this);
    setDefault(inputCol(), "image");
    setDefault(batchSize(), BATCH);
  }

  /**
   * Reads a network.
   *
   * @param path of the ONNX file; files beside it that it names are read as well
   */
  public static OnnxNetwork of(SparkSession spark, String path, CnnOptions options) {
    return new OnnxNetwork(
        Identifiable$.MODULE$.randomUID("onnxNetwork"), NetworkFile.read(spark, path, options));
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public CnnNetwork network() {
    return network;
  }

  /** The stage that makes images ready for this one. */
  public ImageCrop crop() {
    return new ImageCrop()
        .setColours(network.imageShape().maps() > 1)
        .setResize(network.resize())
        .setRows(network.imageShape().height())
        .setColumns(network.imageShape().width())
        .setOutputCol(getInputCol());
  }

  @Override
  public Param<String> inputCol() {
    return Declared.column(this, "inputCol", "column of images in [0, 1], all of one size");
  }

  public IntParam batchSize() {
    return Declared.whole(this, "batchSize", "images run at a time", Takes.atLeast(1));
  }

  public int getBatchSize() {
    return (Integer) $(batchSize());
  }

  public OnnxNetwork setBatchSize(int value) {
    return Fluent.set(this, batchSize(), value);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    FeatureMapsColumn.requireDense(schema, getInputCol(), uid);
    return LayeredModel.withLayerColumns(schema, network.depth(), givesCodes(), uid);
  }

  private boolean givesCodes() {
    return getLayerValues().equals(CODES);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    int input = dataset.schema().fieldIndex(getInputCol());
    boolean sparse = givesCodes();
    int batch = getBatchSize();
    RowCheck check = RowCheck.of(dataset.schema(), this, getInputCol());
    Broadcast<CnnNetwork> shared =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext()).broadcast(network);
    return PartitionLoop.over(
        dataset,
        out,
        rows -> {
          CnnNetwork here = shared.value();
          ForwardPass forward = here.forward();
          return check.appendBatches(
              rows,
              here.depth(),
              here.batch(batch),
              row -> here.input(FeatureMapsColumn.fromRow(row.getStruct(input))),
              inputs -> columns(here, forward.run(inputs), sparse));
        });
  }

  /** What each row of a batch gets. */
  private static List<Object[]> columns(
      CnnNetwork network, List<ForwardRecord> records, boolean sparse) {
    List<Object[]> all = new ArrayList<>();
    for (ForwardRecord record : records) {
      all.add(
          network.tensors().stream()
              .map(tensor -> record.values().get(tensor))
              .map(
                  maps ->
                      sparse ? FeatureMapsColumn.toSparseRow(maps) : FeatureMapsColumn.toRow(maps))
              .toArray());
    }
    return all;
  }

  @Override
  public Dataset<Row> codes(Dataset<?> dataset) {
    return copy(ParamMap.empty()).setLayerValues(CODES).transform(dataset);
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
  }

  @Override
  public OnnxNetwork copy(ParamMap extra) {
    return copyValues(new OnnxNetwork(uid, network), extra);
  }

  @Override
  public MLWriter write() {
    return new NetworkFile.Writer(this);
  }

  public static MLReader<OnnxNetwork> read() {
    return new NetworkFile.Reader();
  }

  public static OnnxNetwork load(String path) throws IOException {
    return read().load(path);
  }
}
