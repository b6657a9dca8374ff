package org.deconvnet.spark.ml;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.adaptive.Ablation;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.PartitionLoop;

/**
 * The dense maps that {@link AdaptiveDeconvolutionalNetworkModel} adds, under an {@link Ablation}:
 * each layer's responses, carried down to the maps of layer 1 as the ablation says. Takes the
 * columns {@code image} and {@code another}. For experiments: it is not saved. Thread-safe.
 */
public final class AblatedMaps extends Transformer implements InvalidRowParams<AblatedMaps> {
  private static final long serialVersionUID = 1;

  /** The column of the images that an ablation may take switches from. */
  public static final String ANOTHER = "another";

  private static final String IMAGE = "image";

  private final String uid;
  private final AdaptiveNetwork network;
  private final Ablation ablation;
  private final String engine;

  /**
   * @param network as {@link Ablation#of} wants it
   * @param engine an engine's name, or "auto"
   */
  public AblatedMaps(AdaptiveNetwork network, Ablation ablation, String engine) {
    this.uid = "ablatedMaps";
    this.network = network;
    this.ablation = ablation;
    this.engine = engine;
    Defaults.ofRows(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    FeatureMapsColumn.requireDense(schema, IMAGE, uid);
    FeatureMapsColumn.requireDense(schema, ANOTHER, uid);
    return LayeredModel.withLayerColumns(schema, network.depth(), false, uid);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    int image = dataset.schema().fieldIndex(IMAGE);
    int another = dataset.schema().fieldIndex(ANOTHER);
    String name = ConvolutionEngines.resolve(engine);
    Ablation what = ablation;
    Broadcast<AdaptiveNetwork> shared =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext()).broadcast(network);
    int added = network.depth();
    RowCheck check = RowCheck.of(dataset.schema(), this, IMAGE, ANOTHER);
    return PartitionLoop.over(
        dataset,
        out,
        rows -> {
          Ablation.Inference inference = what.of(ConvolutionEngines.create(name), shared.value());
          return check.append(rows, added, row -> inferred(row, inference, image, another));
        });
  }

  private static Object[] inferred(Row row, Ablation.Inference inference, int image, int another) {
    return inference
        .infer(
            FeatureMapsColumn.fromRow(row.getStruct(image)),
            FeatureMapsColumn.fromRow(row.getStruct(another)))
        .stream()
        .map(result -> FeatureMapsColumn.toRow(result.responses()))
        .toArray();
  }

  @Override
  public AblatedMaps copy(ParamMap extra) {
    return copyValues(new AblatedMaps(network, ablation, engine), extra);
  }
}
