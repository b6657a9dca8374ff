package org.deconvnet.dictionary;

import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * Σ‖F z − y‖² as a function of the filters alone, which falls apart into one quadratic a channel:
 *
 * <pre>Q(f) = Σ_c (f_cᵀ A_S f_c − 2 b_cᵀ f_c + ‖y_c‖²)</pre>
 *
 * where f_c stacks the planes of the maps S that reconstruct channel c. See {@link
 * FilterStatistics}. Memory: (m s²)² doubles for each set of m maps. Not thread-safe.
 */
public final class FilterQuadratic implements CarriedQuadratic {
  private final Connectivity connectivity;
  private final int side;
  private final MapSets sets;
  private final double[][] matrices;
  private double[] targets;
  private double energy;

  public FilterQuadratic(Connectivity connectivity, int side) {
    this.connectivity = connectivity;
    this.side = side;
    this.sets = new MapSets(connectivity);
    this.matrices = new double[sets.count()][];
    for (int set = 0; set < matrices.length; set++) {
      int n = size(set);
      matrices[set] = new double[Math.multiplyExact(n, n)];
    }
    this.targets = new double[connectivity.maps() * connectivity.channels() * side * side];
  }

  void setTargets(double[] newTargets, double newEnergy) {
    targets = newTargets;
    energy = newEnergy;
  }

  /** The matrices set by set, the targets, the energy. */
  @Override
  public double[] numbers() {
    int length = targets.length + 1;
    for (double[] matrix : matrices) {
      length = Math.addExact(length, matrix.length);
    }
    double[] numbers = new double[length];
    int at = 0;
    for (double[] matrix : matrices) {
      System.arraycopy(matrix, 0, numbers, at, matrix.length);
      at += matrix.length;
    }
    System.arraycopy(targets, 0, numbers, at, targets.length);
    numbers[length - 1] = energy;
    return numbers;
  }

  /** Of the same connectivity and side. */
  @Override
  public void setNumbers(double[] numbers) {
    int at = 0;
    for (double[] matrix : matrices) {
      System.arraycopy(numbers, at, matrix, 0, matrix.length);
      at += matrix.length;
    }
    System.arraycopy(numbers, at, targets, 0, targets.length);
    energy = numbers[numbers.length - 1];
  }

  int taps() {
    return side * side;
  }

  MapSets sets() {
    return sets;
  }

  /** Rows and columns of a set's matrix. */
  int size(int set) {
    return sets.maps(set).length * side * side;
  }

  /** A_S, row by row, rows in (map of the set, tap) order; shared. */
  double[] matrix(int set) {
    return matrices[set];
  }

  /** b_c in the order of the rows of the channel's matrix. */
  double[] target(int channel) {
    return stacked(channel, targets);
  }

  /** The planes of a channel's maps, one after the other, from numbers that lie as filters do. */
  double[] stacked(int channel, double[] filters) {
    int[] maps = sets.maps(sets.ofChannel(channel));
    double[] stack = new double[maps.length * taps()];
    for (int k = 0; k < maps.length; k++) {
      System.arraycopy(filters, offset(maps[k], channel), stack, k * taps(), taps());
    }
    return stack;
  }

  /** Adds numbers that are stacked as a channel's planes to filters. */
  void addStacked(int channel, double[] stack, float[] filters) {
    int[] maps = sets.maps(sets.ofChannel(channel));
    for (int k = 0; k < maps.length; k++) {
      for (int u = 0; u < taps(); u++) {
        filters[offset(maps[k], channel) + u] += (float) stack[k * taps() + u];
      }
    }
  }

  /** Where a plane starts in numbers that lie as filters do. */
  int offset(int map, int channel) {
    return (map * connectivity.channels() + channel) * taps();
  }

  /**
   * What happened before counts {@code share} as much as it did, and {@code fresh} is added: online
   * dictionary learning with forgetting (Mairal et al., JMLR 2010, section 3.4).
   */
  public void carryForward(double share, FilterQuadratic fresh) {
    for (int set = 0; set < matrices.length; set++) {
      decayAndAdd(matrices[set], share, fresh.matrices[set]);
    }
    decayAndAdd(targets, share, fresh.targets);
    energy = share * energy + fresh.energy;
  }

  private static void decayAndAdd(double[] sum, double share, double[] fresh) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = share * sum[i] + fresh[i];
    }
  }

  /** Σ‖y‖². */
  double energy() {
    return energy;
  }

  /** Q(f). */
  public double value(FilterBank f) {
    double[] filters = new double[f.data().length];
    for (int i = 0; i < filters.length; i++) {
      filters[i] = f.data()[i];
    }
    double sum = energy;
    for (int c = 0; c < connectivity.channels(); c++) {
      double[] fc = stacked(c, filters);
      double[] bc = target(c);
      double[] matrix = matrix(sets.ofChannel(c));
      for (int i = 0; i < fc.length; i++) {
        double row = -2 * bc[i];
        for (int j = 0; j < fc.length; j++) {
          row += matrix[i * fc.length + j] * fc[j];
        }
        sum += fc[i] * row;
      }
    }
    return sum;
  }
}
