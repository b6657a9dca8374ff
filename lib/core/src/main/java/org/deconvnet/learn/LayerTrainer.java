package org.deconvnet.learn;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.infer.Ista;
import org.deconvnet.infer.OperatorNorm;
import org.deconvnet.layer.Layer;
import org.deconvnet.layer.Network;
import org.deconvnet.layer.Reconstruction;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * Learns the filters of one layer by alternation (Zeiler et al., ICCV 2011, algorithm 1): code the
 * images of a batch with the filters, update the filters with the codes, go on to the next batch.
 * The one algorithm for a single JVM and for a cluster: they differ in their {@link TrainingBatch}.
 * Not thread-safe.
 */
public final class LayerTrainer {
  private final ConvolutionEngine engine;
  private final FilterUpdate update;
  private final TrainingListener listener;
  private final long seed;

  public LayerTrainer(
      ConvolutionEngine engine,
      QuadraticMinimizer minimizer,
      TrainingListener listener,
      long seed) {
    this.engine = engine;
    this.update = new FilterUpdate(minimizer);
    this.listener = listener;
    this.seed = seed;
  }

  /**
   * Learns the layer on top of {@code below}.
   *
   * @param batches every image once, in batches; their images carry the switches of all layers
   *     below
   * @param channels maps that the layer reconstructs: colour channels, or pooled maps of the layer
   *     below
   */
  public TrainedLayer train(
      Network below, int channels, LayerOptions options, List<? extends TrainingBatch> batches) {
    FilterBank filters =
        FilterInitializer.gaussian(
            Connectivity.full(options.maps(), channels),
            options.filterSide(),
            seed + below.depth());
    Layer layer = layer(options, filters, 1);
    List<LayerProgress> epochs = new ArrayList<>();
    for (int epoch = 1; epoch <= options.epochs(); epoch++) {
      BatchSummary whole = new BatchSummary(filters.data().length);
      for (int b = 0; b < batches.size(); b++) {
        layer = round(below, layer, options, batches.get(b), whole);
        listener.batchDone(whole.progress(below.depth() + 1, epoch), b + 1, batches.size());
      }
      epochs.add(whole.progress(below.depth() + 1, epoch));
    }
    double step = step(below, layer.filters(), options, batches);
    return new TrainedLayer(layer.withFilters(layer.filters(), step), epochs);
  }

  private Layer round(
      Network below, Layer layer, LayerOptions options, TrainingBatch batch, BatchSummary whole) {
    Layer safe =
        layer.withFilters(layer.filters(), step(below, layer.filters(), options, List.of(batch)));
    BatchSummary coded = batch.code(below, safe);
    whole.merge(coded);
    FilterBank better = update.update(batch, below, safe, coded, options.cgSteps());
    batch.release();
    return safe.withFilters(better, safe.step());
  }

  /** The step asked for, or one below the inverse of the largest norm met on sample images. */
  private double step(
      Network below,
      FilterBank filters,
      LayerOptions options,
      List<? extends TrainingBatch> batches) {
    if (options.step() > 0) {
      return options.step();
    }
    double norm = 0;
    for (TrainingBatch batch : batches) {
      for (TrainingImage image : batch.sample()) {
        Reconstruction r =
            new Reconstruction(engine, below, filters, image.lower(), image.image().shape());
        norm = Math.max(norm, OperatorNorm.estimate(r, seed));
      }
    }
    return Ista.MARGIN / norm;
  }

  private static Layer layer(LayerOptions options, FilterBank filters, double step) {
    return new Layer(filters, options.pool(), options.lambda(), options.iterations(), step);
  }
}
