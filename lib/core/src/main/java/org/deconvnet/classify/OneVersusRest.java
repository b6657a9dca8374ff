package org.deconvnet.classify;

import java.io.Serializable;
import java.util.List;
import org.deconvnet.tensor.Checks;

/** As many machines as classes; the largest score decides, of equal ones the first class. */
public final class OneVersusRest implements Serializable {
  private static final long serialVersionUID = 1;

  private final List<BinaryMachine> machines;

  public OneVersusRest(List<BinaryMachine> machines) {
    Checks.atLeast("one versus rest: classes", 2, machines.size());
    this.machines = List.copyOf(machines);
  }

  public List<BinaryMachine> machines() {
    return machines;
  }

  /** One score a class. */
  public double[] scores(float[] kernelRow) {
    return machines.stream().mapToDouble(m -> m.score(kernelRow)).toArray();
  }

  public static int largest(double[] scores) {
    int best = 0;
    for (int k = 1; k < scores.length; k++) {
      if (scores[k] > scores[best]) {
        best = k;
      }
    }
    return best;
  }
}
