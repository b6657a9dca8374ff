package org.deconvnet.spark.ml;

import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.conv.ConvolutionEngines;
import org.deconvnet.infer.Ablation;
import org.deconvnet.layer.Network;
import org.deconvnet.spark.exec.Mapped;

/**
 * The dense maps that {@link AdaptiveDeconvolutionalNetworkModel} adds, under an {@link Ablation}:
 * each layer's responses, carried down to the maps of layer 1 as the ablation says. Takes the
 * columns {@code image} and {@code another}. For experiments: it is not saved. Thread-safe.
 */
public final class AblatedMaps extends Transformer {
  private static final long serialVersionUID = 1;

  /** The column of the images that an ablation may take switches from. */
  public static final String ANOTHER = "another";

  private static final String IMAGE = "image";

  private final String uid;
  private final Network network;
  private final Ablation ablation;
  private final String engine;

  /**
   * @param network as {@link Ablation#of} wants it
   * @param engine an engine's name, or "auto"
   */
  public AblatedMaps(Network network, Ablation ablation, String engine) {
    this.uid = "ablatedMaps";
    this.network = network;
    this.ablation = ablation;
    this.engine = engine;
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, IMAGE, FeatureMapsColumn.DENSE, uid);
    Columns.require(schema, ANOTHER, FeatureMapsColumn.DENSE, uid);
    return LayeredModel.withLayerColumns(schema, network.depth(), FeatureMapsColumn.DENSE, uid);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    int image = dataset.schema().fieldIndex(IMAGE);
    int another = dataset.schema().fieldIndex(ANOTHER);
    String name = ConvolutionEngines.resolve(engine);
    Ablation what = ablation;
    Broadcast<Network> shared =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext()).broadcast(network);
    return dataset
        .toDF()
        .mapPartitions(
            (Iterator<Row> rows) -> {
              Ablation.Inference inference =
                  what.of(ConvolutionEngines.create(name), shared.value());
              return new Mapped<>(rows, row -> inferred(row, inference, image, another));
            },
            Encoders.row(out));
  }

  private static Row inferred(Row row, Ablation.Inference inference, int image, int another) {
    return Columns.append(
        row,
        inference
            .infer(
                FeatureMapsColumn.fromRow(row.getStruct(image)),
                FeatureMapsColumn.fromRow(row.getStruct(another)))
            .stream()
            .map(result -> FeatureMapsColumn.toRow(result.responses()))
            .toArray());
  }

  @Override
  public AblatedMaps copy(ParamMap extra) {
    return new AblatedMaps(network, ablation, engine);
  }
}
