package org.deconvnet.learn;

import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.sums.Mergeable;

/**
 * A batch in this JVM, coded one image after the other. Not thread-safe.
 *
 * @param <I> the family's state of an image
 * @param <K> what images are coded with
 */
public final class LocalBatch<I extends TrainingImage, K extends Coding<I>> implements Batch<I, K> {
  private final ConvolutionEngine engine;
  private final boolean keepsCodes;
  private List<I> images;
  private List<I> coded = List.of();
  private K coding;

  /**
   * @param keepsCodes whether the next round starts from the codes of this one
   */
  public LocalBatch(ConvolutionEngine engine, boolean keepsCodes, List<I> images) {
    this.engine = engine;
    this.keepsCodes = keepsCodes;
    this.images = List.copyOf(images);
  }

  @Override
  public List<I> sample() {
    return BatchPlan.sample(images, TrainingImage::id);
  }

  @Override
  public <S extends Mergeable<S>> S code(K with, Pass<I, K, S> pass) {
    ImageCoder<I> coder = with.coder(engine);
    coding = with;
    coded = images.stream().map(coder::code).toList();
    if (keepsCodes) {
      images = coded;
    }
    return sum(pass);
  }

  @Override
  public <S extends Mergeable<S>> S sum(Pass<I, K, S> pass) {
    return pass.over(coded.iterator(), coding, engine, images.size());
  }

  /** The images with the codes of the last {@link #code}, in their order. */
  public List<I> coded() {
    return coded;
  }

  @Override
  public void release() {
    if (!keepsCodes) {
      coded = List.of();
    }
  }
}
