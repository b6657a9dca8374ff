package org.deconvnet.dictionary;

import java.util.Arrays;

/**
 * Σ‖y − Σ_k d_k ∗ z_k‖² as a function of the filters alone, see {@link AtomStatistics}. Not
 * thread-safe.
 */
public final class AtomQuadratic implements CarriedQuadratic {
  private final AtomLayout layout;
  private final double[] products;
  private final double[] targets;
  private double energy;

  AtomQuadratic(AtomLayout layout, double[] products, double[] targets, double energy) {
    this.layout = layout;
    this.products = products;
    this.targets = targets;
    this.energy = energy;
  }

  /** Before any image. */
  public static AtomQuadratic zero(AtomLayout layout) {
    return new AtomQuadratic(
        layout, new double[(int) layout.products()], new double[layout.targets()], 0);
  }

  /** Products, targets, energy. */
  @Override
  public double[] numbers() {
    double[] numbers = Arrays.copyOf(products, products.length + targets.length + 1);
    System.arraycopy(targets, 0, numbers, products.length, targets.length);
    numbers[numbers.length - 1] = energy;
    return numbers;
  }

  @Override
  public void setNumbers(double[] numbers) {
    System.arraycopy(numbers, 0, products, 0, products.length);
    System.arraycopy(numbers, products.length, targets, 0, targets.length);
    energy = numbers[numbers.length - 1];
  }

  AtomLayout layout() {
    return layout;
  }

  /** A, as {@link AtomLayout} has it; shared. */
  double[] products() {
    return products;
  }

  /** b, as {@link AtomLayout} has it; shared. */
  double[] targets() {
    return targets;
  }

  /** Σ‖y‖². */
  double energy() {
    return energy;
  }

  /** Whether any code uses a map. */
  public boolean uses(int map) {
    return products[layout.product(map, 0, 0) + map] > 0;
  }

  /** A map has another filter now: nothing is known of its codes. */
  public void forget(int map) {
    int maps = layout.maps();
    int places = layout.lags() * layout.lags();
    int own = map * places * maps;
    Arrays.fill(products, own, own + places * maps, 0);
    for (int at = map; at < products.length; at += maps) {
      products[at] = 0;
    }
    int taps = layout.targets() / maps;
    Arrays.fill(targets, map * taps, (map + 1) * taps, 0);
  }

  /**
   * What happened before counts {@code share} as much as it did, and {@code fresh} is added: online
   * dictionary learning with forgetting (Mairal et al., JMLR 2010, section 3.4).
   */
  public void carryForward(double share, AtomQuadratic fresh) {
    decayAndAdd(products, share, fresh.products);
    decayAndAdd(targets, share, fresh.targets);
    energy = share * energy + fresh.energy;
  }

  /**
   * A batch's statistics with what is remembered of earlier ones.
   *
   * @param remembered null where nothing is; otherwise overwritten
   * @param memory how much the statistics of one epoch ago still count, in [0, 1)
   * @param batches of an epoch
   */
  public static AtomQuadratic carried(
      AtomQuadratic remembered, double memory, int batches, AtomQuadratic fresh) {
    if (remembered == null) {
      return fresh;
    }
    remembered.carryForward(StrictMath.pow(memory, 1.0 / batches), fresh);
    return remembered;
  }

  private static void decayAndAdd(double[] sum, double share, double[] fresh) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = share * sum[i] + fresh[i];
    }
  }
}
