package org.deconvnet.network.csc;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.operator.BoundedSynthesis;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.greedy.Certificate;
import org.deconvnet.solve.greedy.CodedImage;
import org.deconvnet.solve.greedy.ImageSolver;
import org.deconvnet.solve.greedy.LocallyGreedyDescent;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/**
 * Codes one image after the other with a dictionary. Where λ is a share of λ_max, the image is
 * divided by its λ_max before, and its code multiplied after: the problem is the same. Keeps the
 * workspace of the last image shape. Not thread-safe: one a task.
 */
public final class CscInference {
  private final ConvolutionEngine engine;
  private final CscLayer layer;
  private final LocallyGreedyDescent descent;
  private final ImageSolver solver;

  public CscInference(ConvolutionEngine engine, CscLayer layer) {
    this.engine = engine;
    this.layer = layer;
    CodingOptions coding = layer.coding();
    this.descent =
        new LocallyGreedyDescent(
            layer.filters(), coding.boundary(), coding.penalty(), coding.descent(), engine);
    this.solver = coding.solver().solver(descent, layer, engine);
  }

  /** Codes an image, no pixel hidden, from zeros. */
  public CodedImage code(FeatureMaps image) {
    return code(image, null);
  }

  /**
   * Codes an image from zeros.
   *
   * @param mask (1, H, W), 1 for pixels that are seen and 0 for those that are not; null for all
   */
  public CodedImage code(FeatureMaps image, FeatureMaps mask) {
    return code(image, mask, SparseMaps.zeros(codeShape(image.shape())));
  }

  /**
   * @param image preprocessed, (C, H, W)
   * @param mask (1, H, W), 1 for pixels that are seen and 0 for those that are not; null for all
   * @param start an earlier code of the image
   * @throws IllegalArgumentException if the image does not fit the dictionary
   */
  public CodedImage code(FeatureMaps image, FeatureMaps mask, SparseMaps start) {
    if (!layer.coding().relative()) {
      return solver.code(image, mask, start);
    }
    float scale = (float) lambdaMax(image, mask);
    if (!(scale > 0)) {
      return solver.code(image, mask, start);
    }
    CodedImage coded = solver.code(scaled(image, 1 / scale), mask, scaled(start, 1 / scale));
    return new CodedImage(
        scaled(coded.code(), scale),
        scaled(coded.trace(), scale),
        scaled(coded.certificate(), scale));
  }

  /** λ as a number: where it is a share, that of the image's λ_max. */
  public double lambda(FeatureMaps image) {
    return layer.coding().lambda() * (layer.coding().relative() ? lambdaMax(image, null) : 1);
  }

  /** The least λ at which the image's code is zero but for maps without penalty. */
  private double lambdaMax(FeatureMaps image, FeatureMaps mask) {
    return layer.coding().lambda() * descent.excess(image, mask);
  }

  /** Shape of the code of an image, (K, rows, columns). */
  public Shape codeShape(Shape image) {
    return layer.coding().boundary().maps(layer.filters(), image);
  }

  /** Σ_k d_k ∗ z_k, newly allocated. */
  public FeatureMaps reconstruction(SparseMaps code, Shape image) {
    FeatureMaps pixels = FeatureMaps.zeros(image);
    new BoundedSynthesis(engine, layer.filters(), layer.coding().boundary(), image)
        .applyEntries(code.index(), code.values(), pixels);
    return pixels;
  }

  private static FeatureMaps scaled(FeatureMaps maps, float factor) {
    return FeatureMaps.of(maps.shape(), scaled(maps.data(), factor));
  }

  private static SparseMaps scaled(SparseMaps maps, float factor) {
    return new SparseMaps(maps.shape(), maps.index(), scaled(maps.values(), factor));
  }

  private static float[] scaled(float[] numbers, float factor) {
    float[] scaled = new float[numbers.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = factor * numbers[i];
    }
    return scaled;
  }

  private static CodeTrace scaled(CodeTrace trace, double factor) {
    double square = factor * factor;
    return new CodeTrace(
        square * trace.dataTerm(),
        square * trace.sparsity(),
        square * trace.squaredError(),
        square * trace.squaredImage(),
        trace.nonZeros(),
        trace.entries(),
        square * trace.gap());
  }

  private static Certificate scaled(Certificate certificate, double factor) {
    return new Certificate(
        factor * factor * certificate.gap(),
        factor * certificate.largestMove(),
        certificate.changes(),
        certificate.settled());
  }
}
