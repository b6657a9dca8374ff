package org.deconvnet.network.deconvolutional;

import java.util.Iterator;
import java.util.List;
import org.deconvnet.dictionary.CodeCorrelations;
import org.deconvnet.dictionary.FilterQuadratic;
import org.deconvnet.dictionary.FilterStep;
import org.deconvnet.dictionary.UnitPlanes;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.Batch;
import org.deconvnet.learn.LayerLearning;
import org.deconvnet.learn.LayerState;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * How a layer of the 2010 network is learned: codes go on from those of the epoch before; the
 * statistics of a batch's codes join what is remembered of earlier batches, and the filters go to
 * the minimum of the quadratic that these statistics describe.
 *
 * <p>The paper updates the filters after every image, which cannot be spread over machines, and
 * found updates after whole epochs to learn badly. Statistics carried over batches let each update
 * see more images than its batch (online dictionary learning, Mairal et al., JMLR 2010). {@link
 * PerImageLearning} is the paper's own. Not thread-safe.
 */
public final class DeconvolutionalLayerLearning
    implements LayerLearning<DeconvolutionalImage, DeconvolutionalCoding> {
  private final FilterStep step;
  private final int number;
  private final FilterBank start;
  private final DeconvolutionalOptions options;

  /**
   * @param number the layer's number, from 1
   * @param start filters with planes of unit norm
   */
  public DeconvolutionalLayerLearning(
      FilterStep step, int number, FilterBank start, DeconvolutionalOptions options) {
    this.step = step;
    this.number = number;
    this.start = start;
    this.options = options;
  }

  /**
   * From random filters.
   *
   * @param connectivity which maps reconstruct which channels
   */
  static DeconvolutionalLayerLearning fromRandom(
      FilterStep step,
      int number,
      Connectivity connectivity,
      DeconvolutionalOptions options,
      long seed) {
    FilterBank drawn = UnitPlanes.draw(connectivity, options.filterSide(), seed + number);
    return new DeconvolutionalLayerLearning(step, number, drawn, options);
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public int epochs() {
    return options.epochs();
  }

  @Override
  public double lambda() {
    return options.lambda();
  }

  @Override
  public LayerState start() {
    return LayerState.start(number, start, 0);
  }

  @Override
  public FilterQuadratic noStatistics(FilterBank filters) {
    return new FilterQuadratic(filters.connectivity(), filters.side());
  }

  @Override
  public LayerState round(
      LayerState state, Batch<DeconvolutionalImage, DeconvolutionalCoding> batch, int batches) {
    CodeSums sums = batch.code(finished(state, List.of()), DeconvolutionalLayerLearning::sum);
    FilterQuadratic remembered = (FilterQuadratic) state.remembered();
    FilterQuadratic carried = carried(remembered, batches, sums.quadratic());
    FilterBank solved = step.solve(carried, state.filters());
    return state.withBatch(solved, carried, sums.objective());
  }

  static CodeSums sum(
      Iterator<DeconvolutionalImage> coded,
      DeconvolutionalCoding coding,
      ConvolutionEngine engine,
      long all) {
    FilterBank filters = coding.layer().filters();
    CodeCorrelations correlations = new CodeCorrelations(engine, filters.side());
    CodeSums sums = new CodeSums(filters, all);
    coded.forEachRemaining(image -> sums.add(correlations, image));
    return sums;
  }

  private FilterQuadratic carried(FilterQuadratic remembered, int batches, FilterQuadratic fresh) {
    if (remembered == null) {
      return fresh;
    }
    remembered.carryForward(StrictMath.pow(options.memory(), 1.0 / batches), fresh);
    return remembered;
  }

  @Override
  public DeconvolutionalCoding finished(
      LayerState end, List<? extends Batch<DeconvolutionalImage, DeconvolutionalCoding>> batches) {
    return new DeconvolutionalCoding(number, options.layer(end.filters()), options.schedule());
  }
}
