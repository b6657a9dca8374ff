package org.deconvnet.spark.config;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.csc.CodingOptions;
import org.deconvnet.network.csc.CscLayer;
import org.deconvnet.network.csc.CscNetwork;
import org.deconvnet.network.csc.CscOptions;
import org.deconvnet.operator.Boundary;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.ml.ConvolutionalSparseCoding;
import org.deconvnet.spark.ml.ConvolutionalSparseCodingModel;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.Shape;

/** Convolutional sparse coding: one layer, convex. */
public record CscSettings(String engine, int images, CscOptions options)
    implements LearnedSettings {
  /** Learned from all images. */
  public static final CscSettings DEFAULTS =
      new CscSettings(ConvolutionEngines.AUTO, 0, CscOptions.DEFAULTS);

  public CscSettings {
    ConvolutionEngines.requireName(engine);
    Checks.atLeast("network.images", 0, images);
  }

  CodingOptions coding() {
    return options.coding();
  }

  /** The largest filter has to fit. */
  @Override
  public int leastSide() {
    return coding().side();
  }

  @Override
  public int mapsLack() {
    return coding().boundary() == Boundary.FULL ? coding().side() - 1 : 0;
  }

  /** Every filter has every channel: any numbers fit. */
  @Override
  public void requireFit(int channels) {}

  @Override
  public CscSettings withEngine(String other) {
    return new CscSettings(other, images, options);
  }

  @Override
  public String family() {
    return CscNetwork.FAMILY;
  }

  @Override
  public boolean describesActivations() {
    return false;
  }

  @Override
  public boolean denoises() {
    return true;
  }

  @Override
  public List<Long> codingBytes(Shape image) {
    return List.of(coding().bytes(image));
  }

  /** A batch of all images has no end. */
  @Override
  public int batchSize() {
    return options.batchSize() == 0 ? Integer.MAX_VALUE : options.batchSize();
  }

  @Override
  public int depth() {
    return 1;
  }

  @Override
  public int[] epochs() {
    return new int[] {options.epochs()};
  }

  @Override
  public LayeredModel<?, ?> withFilters(List<GivenFilter> filters, int channels, long seed) {
    requireOneEach(filters);
    Connectivity full = Connectivity.full(coding().maps(), channels);
    CscLayer layer = new CscLayer(filters.get(0).of(1, full, coding().side()), coding());
    return ConvolutionalSparseCodingModel.ofNetwork(CscNetwork.of(layer)).setEngine(engine);
  }

  @Override
  public LayeredModel<?, ?> learn(
      Dataset<Row> sample,
      int partitions,
      long seed,
      TrainingListener listener,
      Checkpointing checkpointing) {
    boolean masked = List.of(sample.columns()).contains(ConvolutionalSparseCoding.MASK);
    return new ConvolutionalSparseCoding()
        .setOptions(options)
        .setMaskCol(masked ? ConvolutionalSparseCoding.MASK : "")
        .setEngine(engine)
        .setPartitions(partitions)
        .setSeed(seed)
        .setListener(listener)
        .setCheckpointing(checkpointing)
        .fit(sample);
  }
}
