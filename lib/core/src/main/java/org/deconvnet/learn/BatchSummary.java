package org.deconvnet.learn;

import java.io.Serializable;
import org.deconvnet.infer.CodeTrace;

/**
 * Sums over the images of a batch, independent of their order: the objective's parts and the
 * right-hand side of the filter step. Not thread-safe.
 */
public final class BatchSummary implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int IMAGES = 0;
  private static final int DATA = 1;
  private static final int SPARSITY = 2;
  private static final int ERROR = 3;
  private static final int ENERGY = 4;
  private static final int NON_ZEROS = 5;
  private static final int ENTRIES = 6;

  private final FixedPointSum parts = new FixedPointSum(7);
  private final FixedPointSum gradient;

  public BatchSummary(int filterNumbers) {
    this.gradient = new FixedPointSum(filterNumbers);
  }

  /** Adds one image: its trace and Σ S(z)ᵀ Lᵀ (y − L S(z) f). */
  public void add(CodeTrace trace, float[] negativeGradient) {
    add(trace);
    gradient.add(negativeGradient);
  }

  /** Adds the trace of one image whose filters are not going to change. */
  public void add(CodeTrace trace) {
    parts.add(IMAGES, 1);
    parts.add(DATA, trace.dataTerm());
    parts.add(SPARSITY, trace.sparsity());
    parts.add(ERROR, trace.squaredError());
    parts.add(ENERGY, trace.squaredImage());
    parts.add(NON_ZEROS, (double) trace.nonZeros());
    parts.add(ENTRIES, (double) trace.entries());
  }

  public void merge(BatchSummary other) {
    parts.merge(other.parts);
    gradient.merge(other.gradient);
  }

  public double[] negativeGradient() {
    return gradient.toArray();
  }

  public LayerProgress progress(int layer, int epoch) {
    return new LayerProgress(
        layer,
        epoch,
        Math.round(parts.get(IMAGES)),
        parts.get(DATA),
        parts.get(SPARSITY),
        parts.get(ERROR) / Math.max(parts.get(ENERGY), Double.MIN_NORMAL),
        parts.get(NON_ZEROS) / parts.get(ENTRIES));
  }
}
