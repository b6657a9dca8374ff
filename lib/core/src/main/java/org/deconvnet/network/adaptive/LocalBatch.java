package org.deconvnet.network.adaptive;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.sums.FixedPointSum;
import org.deconvnet.tensor.FilterBank;

/** A batch in this JVM, coded one image after the other. Not thread-safe. */
public final class LocalBatch implements TrainingBatch {
  private final ConvolutionEngine engine;
  private final List<AdaptiveImage> images;
  private final List<CodedImage> coded = new ArrayList<>();

  public LocalBatch(ConvolutionEngine engine, List<AdaptiveImage> images) {
    this.engine = engine;
    this.images = List.copyOf(images);
  }

  @Override
  public List<AdaptiveImage> sample() {
    return BatchPlan.sample(images, AdaptiveImage::id);
  }

  @Override
  public BatchSummary code(AdaptiveNetwork below, AdaptiveLayer layer) {
    release();
    AdaptiveCoder coder = new AdaptiveCoder(engine, below, layer);
    BatchSummary summary = new BatchSummary(layer.filters(), images.size());
    for (AdaptiveImage image : images) {
      CodedImage result = new CodedImage(image, coder.code(image));
      coded.add(result);
      summary.add(result.code(), coder.negativeGradient(result));
    }
    return summary;
  }

  @Override
  public double[] curvature(AdaptiveNetwork below, AdaptiveLayer layer, FilterBank direction) {
    AdaptiveCoder coder = new AdaptiveCoder(engine, below, layer);
    FixedPointSum sum = new FixedPointSum(direction.data().length, images.size());
    coded.forEach(image -> sum.add(coder.curvature(image, direction)));
    return sum.toArray();
  }

  /** The codes of the last {@link #code} call, in the images' order. */
  public List<CodedImage> coded() {
    return List.copyOf(coded);
  }

  @Override
  public void release() {
    coded.clear();
  }
}
