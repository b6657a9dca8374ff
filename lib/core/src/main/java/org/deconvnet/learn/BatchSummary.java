package org.deconvnet.learn;

import java.io.Serializable;
import org.deconvnet.infer.CodeTrace;

/**
 * Sums over the images of a batch, independent of their order: the objective's parts and the
 * right-hand side of the filter step. Not thread-safe.
 */
public final class BatchSummary implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int DATA = 0;
  private static final int SPARSITY = 1;
  private static final int ERROR = 2;
  private static final int ENERGY = 3;

  private final FixedPointSum parts = new FixedPointSum(4);
  private final FixedPointSum gradient;
  // Counts are exact as they are, and a few thousand images hold more entries than a sum can.
  private long images;
  private long nonZeros;
  private long entries;

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
    images++;
    nonZeros += trace.nonZeros();
    entries += trace.entries();
    parts.add(DATA, trace.dataTerm());
    parts.add(SPARSITY, trace.sparsity());
    parts.add(ERROR, trace.squaredError());
    parts.add(ENERGY, trace.squaredImage());
  }

  public void merge(BatchSummary other) {
    parts.merge(other.parts);
    gradient.merge(other.gradient);
    images += other.images;
    nonZeros += other.nonZeros;
    entries += other.entries;
  }

  public double[] negativeGradient() {
    return gradient.toArray();
  }

  public LayerProgress progress(int layer, int epoch) {
    return new LayerProgress(
        layer,
        epoch,
        images,
        parts.get(DATA),
        parts.get(SPARSITY),
        parts.get(ERROR) / Math.max(parts.get(ENERGY), Double.MIN_NORMAL),
        (double) nonZeros / entries);
  }
}
