package org.deconvnet.dictionary;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FilterBank;

/**
 * Minimises Q(f) over filters whose planes have unit norm, plane by plane. Each plane is put at its
 * exact minimum on the sphere while the others stay ({@link UnitSphereQuadratic}), so Q never rises
 * and the norms never need repair. Sweeps end when one lowers Q by less than a given share of ‖y‖²,
 * or at a limit. Planes that no code uses stay as they are. Thread-safe as its eigensolver is.
 *
 * <p>Costs (m s²)² operations for each channel and sweep, m maps reconstructing the channel.
 */
public final class UnitSphereStep implements FilterStep {
  private final SymmetricEigensolver eigensolver;
  private final int sweeps;
  private final double tolerance;

  /**
   * @param sweeps at most so many over all planes
   * @param tolerance share of ‖y‖² that a sweep must gain to be followed by another
   */
  public UnitSphereStep(SymmetricEigensolver eigensolver, int sweeps, double tolerance) {
    Checks.atLeast("unit-sphere step: sweeps", 1, sweeps);
    Checks.positive("unit-sphere step: tolerance", tolerance);
    this.eigensolver = eigensolver;
    this.sweeps = sweeps;
    this.tolerance = tolerance;
  }

  @Override
  public FilterBank solve(FilterQuadratic quadratic, FilterBank start) {
    FilterBank solved = start.copy();
    UnitSphereQuadratic[][] planes = new UnitSphereQuadratic[quadratic.sets().count()][];
    for (int set = 0; set < planes.length; set++) {
      planes[set] = planes(quadratic, set);
    }
    for (int c = 0; c < start.channels(); c++) {
      Channel channel = new Channel(quadratic, c, start);
      channel.solve(planes[quadratic.sets().ofChannel(c)], sweeps, tolerance);
      channel.write(solved);
    }
    return solved;
  }

  /** The diagonal blocks of a set's matrix, decomposed: one for each of its maps. */
  private UnitSphereQuadratic[] planes(FilterQuadratic quadratic, int set) {
    int taps = quadratic.taps();
    int n = quadratic.size(set);
    UnitSphereQuadratic[] planes = new UnitSphereQuadratic[n / taps];
    for (int k = 0; k < planes.length; k++) {
      double[] block = new double[taps * taps];
      for (int u = 0; u < taps; u++) {
        System.arraycopy(
            quadratic.matrix(set), (k * taps + u) * n + k * taps, block, u * taps, taps);
      }
      planes[k] = new UnitSphereQuadratic(eigensolver.decompose(block, taps));
    }
    return planes;
  }

  /** One channel's share of Q: ½ fᵀAf − bᵀf with its gradient g = A f − b kept up to date. */
  private static final class Channel {
    private final FilterQuadratic quadratic;
    private final int channel;
    private final int[] maps;
    private final int taps;
    private final double[] matrix;
    private final double[] f;
    private final double[] g;
    private final double energy;

    Channel(FilterQuadratic quadratic, int channel, FilterBank start) {
      this.quadratic = quadratic;
      this.channel = channel;
      this.maps = quadratic.sets().maps(quadratic.sets().ofChannel(channel));
      this.taps = quadratic.taps();
      this.matrix = quadratic.matrix(quadratic.sets().ofChannel(channel));
      this.f = new double[maps.length * taps];
      for (int k = 0; k < maps.length; k++) {
        for (int u = 0; u < taps; u++) {
          f[k * taps + u] = start.data()[quadratic.offset(maps[k], channel) + u];
        }
      }
      this.g = quadratic.target(channel);
      for (int i = 0; i < g.length; i++) {
        g[i] = -g[i];
      }
      for (int k = 0; k < maps.length; k++) {
        addColumns(k, f, k * taps);
      }
      this.energy = Math.max(quadratic.energy(), Double.MIN_NORMAL);
    }

    void solve(UnitSphereQuadratic[] planes, int sweeps, double tolerance) {
      for (int t = 0; t < sweeps; t++) {
        double gained = 0;
        for (int k = 0; k < maps.length; k++) {
          gained += improve(k, planes[k]);
        }
        if (gained < tolerance * energy) {
          return;
        }
      }
    }

    /** Puts one plane at its minimum and returns by how much Q/2 fell. */
    private double improve(int k, UnitSphereQuadratic plane) {
      double[] previous = new double[taps];
      System.arraycopy(f, k * taps, previous, 0, taps);
      double[] mf = product(k, previous);
      double[] c = new double[taps];
      for (int u = 0; u < taps; u++) {
        c[u] = mf[u] - g[k * taps + u];
      }
      double[] better = plane.minimize(c, previous);
      double[] change = new double[taps];
      for (int u = 0; u < taps; u++) {
        change[u] = better[u] - previous[u];
      }
      double[] mChange = product(k, change);
      double gained = 0;
      for (int u = 0; u < taps; u++) {
        gained -= change[u] * (g[k * taps + u] + mChange[u] / 2);
      }
      if (!(gained > 0)) {
        return 0;
      }
      System.arraycopy(better, 0, f, k * taps, taps);
      addColumns(k, change, 0);
      return gained;
    }

    /** A_kk v. */
    private double[] product(int k, double[] v) {
      double[] product = new double[taps];
      for (int u = 0; u < taps; u++) {
        int row = (k * taps + u) * f.length + k * taps;
        for (int w = 0; w < taps; w++) {
          product[u] += matrix[row + w] * v[w];
        }
      }
      return product;
    }

    /** g += A v, v standing in plane k; A is symmetric, so its rows serve as columns. */
    private void addColumns(int k, double[] v, int from) {
      for (int u = 0; u < taps; u++) {
        double factor = v[from + u];
        int row = (k * taps + u) * f.length;
        for (int i = 0; i < g.length; i++) {
          g[i] += factor * matrix[row + i];
        }
      }
    }

    void write(FilterBank filters) {
      for (int k = 0; k < maps.length; k++) {
        for (int u = 0; u < taps; u++) {
          filters.data()[quadratic.offset(maps[k], channel) + u] = (float) f[k * taps + u];
        }
      }
    }
  }
}
