package org.deconvnet.learn;

import java.util.List;
import java.util.stream.IntStream;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.sums.ExactTotal;
import org.deconvnet.sums.Mergeable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.SparseMaps;

/**
 * What coding any number of images came to, independent of their order: the objective's parts, and
 * how often each map was active. Not thread-safe.
 */
public final class EpochTotals implements Mergeable<EpochTotals> {
  private static final long serialVersionUID = 1;
  private static final int PARTS = 4;
  private static final int DATA = 0;
  private static final int SPARSITY = 1;
  private static final int ERROR = 2;
  private static final int ENERGY = 3;

  private final ExactTotal[] parts;
  // Counts are exact as they are.
  private final long[] activations;
  private long images;
  private long nonZeros;
  private long entries;

  /**
   * @param maps whose activations are counted; 0 for none
   */
  public EpochTotals(int maps) {
    this(IntStream.range(0, PARTS).mapToObj(i -> new ExactTotal()).toList(), new long[maps]);
  }

  public EpochTotals(List<ExactTotal> parts, long[] activations) {
    Checks.equal("epoch totals: parts of the objective", PARTS, parts.size());
    this.parts = parts.toArray(ExactTotal[]::new);
    this.activations = activations;
  }

  /** Adds one image, and its activations to those of their maps. */
  public void add(SparseCode code) {
    add(code.trace());
    int plane = code.switches().unpooled().plane();
    float[] pooled = code.pooled().data();
    for (int i = 0; i < pooled.length; i++) {
      if (pooled[i] != 0) {
        activations[code.switches().index()[i] / plane]++;
      }
    }
  }

  /** Adds one image, and the numbers of its code that are not zero to those of their maps. */
  public void add(CodeTrace trace, SparseMaps code) {
    add(trace);
    for (int e = 0; e < code.entries(); e++) {
      activations[code.map(e)]++;
    }
  }

  /** Adds one image of whose code only the objective is known. */
  public void add(CodeTrace trace) {
    images++;
    nonZeros += trace.nonZeros();
    entries += trace.entries();
    parts[DATA].add(trace.dataTerm());
    parts[SPARSITY].add(trace.sparsity());
    parts[ERROR].add(trace.squaredError());
    parts[ENERGY].add(trace.squaredImage());
  }

  /** Adds other images. */
  @Override
  public void merge(EpochTotals other) {
    Checks.equal("epoch totals: maps", activations.length, other.activations.length);
    for (int i = 0; i < PARTS; i++) {
      parts[i].merge(other.parts[i]);
    }
    for (int k = 0; k < activations.length; k++) {
      activations[k] += other.activations[k];
    }
    count(other.images, other.nonZeros, other.entries);
  }

  public void count(long moreImages, long moreNonZeros, long moreEntries) {
    images += moreImages;
    nonZeros += moreNonZeros;
    entries += moreEntries;
  }

  public EpochTotals copy() {
    EpochTotals copy = new EpochTotals(activations.length);
    copy.merge(this);
    return copy;
  }

  /** Maps, from 0, that no image activated, ascending. */
  public List<Integer> deadMaps() {
    return IntStream.range(0, activations.length).filter(k -> activations[k] == 0).boxed().toList();
  }

  /** Σ‖y‖². */
  public double energy() {
    return parts[ENERGY].get();
  }

  public List<ExactTotal> parts() {
    return List.of(parts);
  }

  public long[] activations() {
    return activations.clone();
  }

  public long nonZeros() {
    return nonZeros;
  }

  public long entries() {
    return entries;
  }

  public long images() {
    return images;
  }

  public LayerProgress progress(int layer, int epoch) {
    return new LayerProgress(
        layer,
        epoch,
        images,
        parts[DATA].get(),
        parts[SPARSITY].get(),
        parts[ERROR].get() / Math.max(parts[ENERGY].get(), Double.MIN_NORMAL),
        (double) nonZeros / entries);
  }
}
