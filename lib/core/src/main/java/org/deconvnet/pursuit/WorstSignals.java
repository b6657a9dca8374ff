package org.deconvnet.pursuit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * The {@value #KEPT} signals that are explained worst, in an order that does not depend on that in
 * which they come: by what is left of them, then by their numbers. Not thread-safe.
 */
final class WorstSignals implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int KEPT = 16;

  /** What is explained to rounding is no direction to learn. */
  private static final double LEAST = 1e-8;

  private static final Comparator<Signal> ORDER =
      Comparator.comparingDouble(Signal::left)
          .reversed()
          .thenComparing(Signal::numbers, Arrays::compare);

  private final List<Signal> worst = new ArrayList<>();

  /**
   * @param left squared norm of what is not explained
   */
  private record Signal(double left, float[] numbers) implements Serializable {}

  /** Directions, worst explained first. */
  interface Queue {
    /** At unit norm, newly allocated; null: there are no more. */
    float[] next();
  }

  /**
   * @param left squared norm of what is not explained
   * @param from where the signal begins
   */
  void offer(double left, float[] signals, int from, int dimension) {
    if (left < LEAST || (worst.size() == KEPT && left < worst.get(KEPT - 1).left)) {
      return;
    }
    insert(new Signal(left, Arrays.copyOfRange(signals, from, from + dimension)));
  }

  private void insert(Signal signal) {
    worst.add(signal);
    worst.sort(ORDER);
    if (worst.size() > KEPT) {
      worst.remove(KEPT);
    }
  }

  void merge(WorstSignals other) {
    other.worst.forEach(this::insert);
  }

  Queue queue() {
    Iterator<Signal> signals = List.copyOf(worst).iterator();
    return () -> signals.hasNext() ? atUnitNorm(signals.next().numbers) : null;
  }

  private static float[] atUnitNorm(float[] numbers) {
    double squares = 0;
    for (float number : numbers) {
      squares += (double) number * number;
    }
    float[] unit = new float[numbers.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (numbers[i] / Math.sqrt(squares));
    }
    return unit;
  }
}
