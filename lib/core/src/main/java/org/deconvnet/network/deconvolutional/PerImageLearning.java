package org.deconvnet.network.deconvolutional;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.dictionary.UnitPlanes;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.EpochTotals;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.solve.QuadraticMinimizer;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * The learning of the paper itself (Zeiler et al., CVPR 2010, algorithm 1): after every image a few
 * conjugate-gradient steps on ‖F z − y‖² of that image alone, then unit planes. One image after the
 * other, so it runs in one JVM only: the reference that {@link DeconvolutionalLayerLearning} is
 * measured against. Not thread-safe.
 */
public final class PerImageLearning {
  private final ConvolutionEngine engine;
  private final QuadraticMinimizer minimizer;
  private final int cgSteps;
  private final TrainingListener listener;

  /**
   * A learned layer and its objective, epoch by epoch, each measured while the filters moved; the
   * codes were made with the filters before the last update.
   */
  public record Result(DeconvolutionalLayer layer, List<LayerProgress> epochs) {
    public Result {
      epochs = List.copyOf(epochs);
    }
  }

  /**
   * @param cgSteps after each image; the paper takes 2, in higher layers 4
   * @param listener hears of each image as of a batch
   */
  public PerImageLearning(
      ConvolutionEngine engine,
      QuadraticMinimizer minimizer,
      int cgSteps,
      TrainingListener listener) {
    this.listener = listener;
    this.engine = engine;
    this.minimizer = minimizer;
    this.cgSteps = cgSteps;
  }

  /**
   * @param start filters with planes of unit norm
   * @param number the layer's number, for messages
   */
  public Result train(
      FilterBank start,
      DeconvolutionalOptions options,
      int number,
      List<DeconvolutionalImage> images) {
    DeconvolutionalLayer layer = options.layer(start);
    List<DeconvolutionalImage> state = new ArrayList<>(images);
    List<LayerProgress> epochs = new ArrayList<>();
    for (int epoch = 1; epoch <= options.epochs(); epoch++) {
      EpochTotals whole = new EpochTotals(0);
      for (int i = 0; i < state.size(); i++) {
        DeconvolutionalImage coded =
            new DeconvolutionalCoding(number, layer, options.schedule())
                .coder(engine)
                .code(state.get(i));
        state.set(i, coded);
        whole.add(coded.trace());
        layer = layer.withFilters(updated(layer.filters(), coded));
        listener.batchDone(whole.progress(number, epoch), i + 1, state.size());
      }
      epochs.add(whole.progress(number, epoch));
    }
    return new Result(layer, epochs);
  }

  private FilterBank updated(FilterBank f, DeconvolutionalImage coded) {
    FeatureMaps error = FeatureMaps.zeros(coded.image().shape());
    engine.synthesize(f, coded.keptCode(), error);
    for (int i = 0; i < error.data().length; i++) {
      error.data()[i] = coded.image().data()[i] - error.data()[i];
    }
    double[] correction =
        minimizer.correction(
            d -> curvature(f, d, coded), gradient(f, coded.keptCode(), error), cgSteps);
    FilterBank moved = f.copy();
    for (int i = 0; i < correction.length; i++) {
      moved.data()[i] += (float) correction[i];
    }
    return UnitPlanes.project(moved);
  }

  private double[] curvature(FilterBank like, double[] direction, DeconvolutionalImage coded) {
    FilterBank d = FilterBank.zeros(like.connectivity(), like.side());
    for (int i = 0; i < direction.length; i++) {
      d.data()[i] = (float) direction[i];
    }
    FeatureMaps image = FeatureMaps.zeros(coded.image().shape());
    engine.synthesize(d, coded.keptCode(), image);
    return gradient(like, coded.keptCode(), image);
  }

  private double[] gradient(FilterBank like, FeatureMaps z, FeatureMaps r) {
    FilterBank gradient = FilterBank.zeros(like.connectivity(), like.side());
    engine.filterGradient(z, r, gradient);
    double[] numbers = new double[gradient.data().length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = gradient.data()[i];
    }
    return numbers;
  }
}
