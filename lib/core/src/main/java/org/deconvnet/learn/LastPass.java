package org.deconvnet.learn;

import java.util.Iterator;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.sums.ExactTotal;
import org.deconvnet.sums.Mergeable;

/**
 * What coding all images with a layer's finished filters came to: the objective's parts, and the
 * range of the codes where codes are kept. Independent of the images' order. Not thread-safe.
 */
public final class LastPass implements Mergeable<LastPass> {
  private static final long serialVersionUID = 1;

  private final EpochTotals totals = new EpochTotals(0);
  private final CodeRange range = new CodeRange();
  private final ExactTotal gap = new ExactTotal();
  private long withoutGap;

  /** Sums over coded images. */
  public static LastPass over(Iterator<? extends TrainingImage> coded) {
    LastPass pass = new LastPass();
    coded.forEachRemaining(pass::add);
    return pass;
  }

  private void add(TrainingImage coded) {
    totals.add(coded.trace());
    if (Double.isFinite(coded.trace().gap())) {
      gap.add(coded.trace().gap());
    } else {
      withoutGap++;
    }
    if (coded.keptCode() != null) {
      range.add(coded.keptCode());
    }
  }

  @Override
  public void merge(LastPass other) {
    totals.merge(other.totals);
    range.merge(other.range);
    gap.merge(other.gap);
    withoutGap += other.withoutGap;
  }

  /** The objective's parts; its epoch is 0. */
  public LayerProgress progress(int layer) {
    return totals.progress(layer, 0);
  }

  /** Σ of the images' {@linkplain CodeTrace#gap gaps}; NaN if one is not known. */
  public double gap() {
    return withoutGap == 0 ? gap.get() : Double.NaN;
  }

  /** Empty in families that keep no codes. */
  public CodeRange range() {
    return range;
  }
}
