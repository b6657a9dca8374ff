package org.deconvnet.network;

import java.util.List;
import java.util.PriorityQueue;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.Checks;

/**
 * The M strongest of the activations offered, in the order of {@link Activation#STRONGEST_FIRST},
 * whatever the order of the offers. Zeros are no activations, so there may be fewer than M. Not
 * thread-safe.
 */
public final class StrongestActivations {
  private final int most;
  private final PriorityQueue<Activation> weakestFirst =
      new PriorityQueue<>(Activation.STRONGEST_FIRST.reversed());

  /**
   * @param most how many to keep, M
   */
  public StrongestActivations(int most) {
    Checks.atLeast("strongest activations", 1, most);
    this.most = most;
  }

  /**
   * Those of a pooled code.
   *
   * @return indices in the maps z, at the switches; strongest first
   */
  public static List<Activation> of(SparseCode code, int most) {
    StrongestActivations strongest = new StrongestActivations(most);
    int[] index = code.switches().index();
    float[] pooled = code.pooled().data();
    for (int i = 0; i < index.length; i++) {
      strongest.offer(index[i], pooled[i]);
    }
    return strongest.strongestFirst();
  }

  public void offer(int index, float value) {
    if (value == 0 || (isFull() && Math.abs(value) < weakestFirst.element().strength())) {
      return;
    }
    weakestFirst.add(new Activation(index, value));
    if (weakestFirst.size() > most) {
      weakestFirst.remove();
    }
  }

  private boolean isFull() {
    return weakestFirst.size() == most;
  }

  /** What is kept so far. */
  public List<Activation> strongestFirst() {
    return weakestFirst.stream().sorted(Activation.STRONGEST_FIRST).toList();
  }
}
