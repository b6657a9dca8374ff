package org.deconvnet.spark.ml;

import java.io.IOException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.network.NetworkLearning;
import org.deconvnet.network.csc.CscImage;
import org.deconvnet.network.csc.CscNetwork;
import org.deconvnet.network.csc.CscNetworkLearning;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.TrainedNetwork;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * Learns a dictionary for convolutional sparse coding (Bristow, Eriksson and Lucey, CVPR 2013):
 *
 * <pre>½ ‖y − Σ_k d_k ∗ z_k‖² + λ Σ_k w_k |z_k|₁,   ‖d_k‖ ≤ 1</pre>
 *
 * <pre>{@code
 * new ConvolutionalSparseCoding().setMaps(64).setFilterSides(8).setLambda(0.1).fit(images);
 * }</pre>
 */
public final class ConvolutionalSparseCoding
    extends LayerwiseEstimator<
        CscNetwork, ConvolutionalSparseCodingModel, ConvolutionalSparseCoding>
    implements SparseCodingParams<ConvolutionalSparseCoding> {
  private static final long serialVersionUID = 1;

  /** The column of masks in runs with hidden pixels. */
  public static final String MASK = "mask";

  public ConvolutionalSparseCoding() {
    this(Identifiable$.MODULE$.randomUID("convolutionalSparseCoding"));
  }

  public ConvolutionalSparseCoding(String uid) {
    super(uid);
    Defaults.ofSparseCoding(this);
  }

  @Override
  NetworkLearning.Start<CscNetwork, ?, ?> learning() {
    return hasMasks()
        ? CscNetworkLearning.masked(toOptions(), getSeed())
        : CscNetworkLearning.of(toOptions(), getSeed());
  }

  private boolean hasMasks() {
    return !getMaskCol().isEmpty();
  }

  @Override
  String[] learnedColumns() {
    return hasMasks()
        ? new String[] {getIdCol(), getInputCol(), getMaskCol()}
        : super.learnedColumns();
  }

  /** Without masks, rows as they are; else each image with its mask. */
  @Override
  JavaRDD<Row> learnedRows(JavaRDD<Row> rows) {
    return hasMasks() ? rows.map(ConvolutionalSparseCoding::withMask) : rows;
  }

  private static Row withMask(Row row) {
    try {
      FeatureMaps pixels = FeatureMapsColumn.fromRow(row.getStruct(1));
      FeatureMaps mask = FeatureMapsColumn.fromRow(row.getStruct(2));
      return RowFactory.create(
          row.getString(0), FeatureMapsColumn.toRow(CscImage.masked(pixels, mask)));
    } catch (IllegalArgumentException e) {
      throw UserErrorException.of(row.getString(0), e);
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    if (hasMasks()) {
      FeatureMapsColumn.requireDense(schema, getMaskCol(), uid());
    }
    return super.transformSchema(schema);
  }

  @Override
  ConvolutionalSparseCodingModel model(TrainedNetwork<CscNetwork> trained) {
    return new ConvolutionalSparseCodingModel(uid(), trained.network(), trained);
  }

  @Override
  void requireLayersThatFit() {
    toOptions();
  }

  public static MLReader<ConvolutionalSparseCoding> read() {
    return new DefaultParamsReader<>();
  }

  public static ConvolutionalSparseCoding load(String path) throws IOException {
    return read().load(path);
  }
}
