package org.deconvnet.learn;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.layer.Layer;
import org.deconvnet.layer.Network;
import org.deconvnet.tensor.FilterBank;

/** A batch in this JVM, coded one image after the other. Not thread-safe. */
public final class LocalBatch implements TrainingBatch {
  private final ConvolutionEngine engine;
  private final List<TrainingImage> images;
  private final List<CodedImage> coded = new ArrayList<>();

  public LocalBatch(ConvolutionEngine engine, List<TrainingImage> images) {
    this.engine = engine;
    this.images = List.copyOf(images);
  }

  @Override
  public List<TrainingImage> sample() {
    return BatchPlan.sample(images);
  }

  @Override
  public BatchSummary code(Network below, Layer layer) {
    release();
    ImageCoder coder = new ImageCoder(engine, below, layer);
    BatchSummary summary = new BatchSummary(layer.filters(), images.size());
    for (TrainingImage image : images) {
      CodedImage result = new CodedImage(image, coder.code(image));
      coded.add(result);
      summary.add(result.code(), coder.negativeGradient(result));
    }
    return summary;
  }

  @Override
  public double[] curvature(Network below, Layer layer, FilterBank direction) {
    ImageCoder coder = new ImageCoder(engine, below, layer);
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
