package org.deconvnet.learn;

import org.deconvnet.sums.ExactTotal;
import org.deconvnet.sums.Mergeable;
import org.deconvnet.tensor.Maps;

/**
 * Smallest, largest and mean number of all codes of a layer, over all images and in any order: what
 * the rescaling between layers needs. Not thread-safe.
 */
public final class CodeRange implements Mergeable<CodeRange> {
  private static final long serialVersionUID = 1;

  private float least = Float.POSITIVE_INFINITY;
  private float largest = Float.NEGATIVE_INFINITY;
  private final ExactTotal sum = new ExactTotal();
  private long count;

  public void add(Maps code) {
    double total = 0;
    for (float v : code.kept()) {
      include(v);
      total += v;
    }
    if (code.kept().length < code.shape().size()) {
      include(0);
    }
    sum.add(total);
    count += code.shape().size();
  }

  private void include(float v) {
    least = Math.min(least, v);
    largest = Math.max(largest, v);
  }

  @Override
  public void merge(CodeRange other) {
    least = Math.min(least, other.least);
    largest = Math.max(largest, other.largest);
    sum.merge(other.sum);
    count += other.count;
  }

  public double mean() {
    return sum.get() / count;
  }

  /** Largest − smallest. */
  public double range() {
    return (double) largest - least;
  }
}
