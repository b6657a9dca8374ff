package org.deconvnet.network.deconvolutional;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.dictionary.CodeCorrelations;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.solve.BetaSchedule;

/** A batch in this JVM, coded one image after the other. Not thread-safe. */
public final class LocalCodeBatch implements CodeBatch {
  private final ConvolutionEngine engine;
  private final BetaSchedule schedule;
  private final int number;
  private final List<CodedMaps> images;

  /**
   * @param number the layer's number, for messages
   */
  public LocalCodeBatch(
      ConvolutionEngine engine, BetaSchedule schedule, int number, List<CodedMaps> images) {
    this.engine = engine;
    this.schedule = schedule;
    this.number = number;
    this.images = new ArrayList<>(images);
  }

  @Override
  public CodeSums code(DeconvolutionalLayer layer) {
    DeconvolutionalCoder coder = new DeconvolutionalCoder(engine, layer, schedule, number);
    CodeCorrelations correlations = new CodeCorrelations(engine, layer.filters().side());
    CodeSums sums = new CodeSums(layer.filters(), images.size());
    images.replaceAll(coder::code);
    images.forEach(image -> sums.add(correlations, image));
    return sums;
  }

  /** The images with their present codes. */
  public List<CodedMaps> images() {
    return List.copyOf(images);
  }
}
