package org.deconvnet.dictionary;

import java.io.Serializable;
import java.util.Arrays;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.learn.FixedPointSum;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * All that the filter step needs to know about codes, whatever the number of images: for every set
 * S of maps that reconstruct a channel together, and every channel c,
 *
 * <pre>
 * A_S[(k,u),(k′,u′)] = Σ_i Σ_n z_k(n+s−1−u) z_k′(n+s−1−u′),   b_c[(k,u)] = Σ_i Σ_n z_k(n+s−1−u) y_c(n)
 * </pre>
 *
 * so that Σ‖F z − y‖² = Σ_c (f_cᵀ A_S f_c − 2 b_cᵀ f_c + ‖y_c‖²) (Zeiler et al., CVPR 2010,
 * equation 6, in the form of Mairal et al., JMLR 2010). n runs over the image, so the border of the
 * valid convolution is exact: a column of A is the filter gradient at a shifted map, which is how
 * it is computed.
 *
 * <p>Sums are fixed-point: images may come in any order and partition. Size: for each set of m maps
 * m(m+1)/2 · s⁴ numbers of 8 bytes, and K·C·s² more. Not thread-safe.
 */
public final class FilterStatistics implements Serializable {
  private static final long serialVersionUID = 1;

  /** 2 GB of them; the driver could not solve for so many filters at once either. */
  private static final long MOST_NUMBERS = 1L << 28;

  private final Connectivity connectivity;
  private final int side;
  private final MapSets sets;
  private final FixedPointSum[] products;
  private final FixedPointSum targets;
  private final FixedPointSum energy = new FixedPointSum(1);

  /**
   * @throws IllegalArgumentException if the connected maps are too many for this way of learning
   */
  public FilterStatistics(Connectivity connectivity, int side) {
    this.connectivity = connectivity;
    this.side = side;
    this.sets = new MapSets(connectivity);
    this.products = new FixedPointSum[sets.count()];
    long numbers = 0;
    for (int set = 0; set < products.length; set++) {
      numbers += slabStart(sets.maps(set).length);
      if (numbers > MOST_NUMBERS) {
        throw new IllegalArgumentException(
            "filter statistics: expected at most %d numbers, got more: %d maps reconstruct one channel; connect fewer, or take smaller filters than %d × %d"
                .formatted(MOST_NUMBERS, sets.maps(set).length, side, side));
      }
      products[set] = new FixedPointSum((int) slabStart(sets.maps(set).length));
    }
    this.targets = new FixedPointSum(connectivity.maps() * connectivity.channels() * side * side);
  }

  /** Products of the k-th map with itself and those before it start here, block after block. */
  private long slabStart(int k) {
    long block = (long) side * side * side * side;
    return k * (k + 1L) / 2 * block;
  }

  Connectivity connectivity() {
    return connectivity;
  }

  int side() {
    return side;
  }

  MapSets sets() {
    return sets;
  }

  /**
   * Adds one image.
   *
   * @param z codes, (K, H+s−1, W+s−1)
   * @param y what they reconstruct, (C, H, W)
   */
  public void add(ConvolutionEngine engine, FeatureMaps z, FeatureMaps y) {
    FilterBank b = FilterBank.zeros(connectivity, side);
    Checks.sameShape("filter statistics: maps", b.mapShape(y.shape()), z.shape());
    engine.filterGradient(z, y, b);
    targets.add(b.data());
    energy.add(0, y.squaredNorm());
    FeatureMaps shifted =
        FeatureMaps.zeros(new Shape(side * side, y.shape().height(), y.shape().width()));
    for (int set = 0; set < products.length; set++) {
      int[] maps = sets.maps(set);
      for (int k = 0; k < maps.length; k++) {
        shift(z, maps[k], shifted);
        FilterBank slab = FilterBank.zeros(Connectivity.full(k + 1, side * side), side);
        engine.filterGradient(only(z, Arrays.copyOf(maps, k + 1)), shifted, slab);
        products[set].add((int) slabStart(k), slab.data());
      }
    }
  }

  /** Channel u = (i, j) is what tap u of the map's filter meets: z(n+s−1−u). */
  private void shift(FeatureMaps z, int map, FeatureMaps shifted) {
    for (int u = 0; u < side * side; u++) {
      int row = side - 1 - u / side;
      int column = side - 1 - u % side;
      for (int y = 0; y < shifted.height(); y++) {
        System.arraycopy(
            z.data(),
            z.index(map, y + row, column),
            shifted.data(),
            shifted.index(u, y, 0),
            shifted.width());
      }
    }
  }

  private static FeatureMaps only(FeatureMaps z, int[] maps) {
    FeatureMaps some = FeatureMaps.zeros(new Shape(maps.length, z.height(), z.width()));
    int plane = z.height() * z.width();
    for (int k = 0; k < maps.length; k++) {
      System.arraycopy(z.data(), maps[k] * plane, some.data(), k * plane, plane);
    }
    return some;
  }

  /** Adds the sums of other images. */
  public void merge(FilterStatistics other) {
    for (int set = 0; set < products.length; set++) {
      products[set].merge(other.products[set]);
    }
    targets.merge(other.targets);
    energy.merge(other.energy);
  }

  /** The sums as numbers. */
  public FilterQuadratic quadratic() {
    FilterQuadratic quadratic = new FilterQuadratic(connectivity, side);
    for (int set = 0; set < products.length; set++) {
      fill(quadratic.matrix(set), products[set], sets.maps(set).length);
    }
    quadratic.setTargets(targets.toArray(), energy.get(0));
    return quadratic;
  }

  /** Unfolds the blocks of the lower maps to a symmetric matrix, row by row. */
  private void fill(double[] matrix, FixedPointSum packed, int maps) {
    int taps = side * side;
    int n = maps * taps;
    int at = 0;
    for (int high = 0; high < maps; high++) {
      for (int low = 0; low <= high; low++) {
        for (int u = 0; u < taps; u++) {
          for (int v = 0; v < taps; v++, at++) {
            double value = packed.get(at);
            matrix[(high * taps + u) * n + low * taps + v] = value;
            matrix[(low * taps + v) * n + high * taps + u] = value;
          }
        }
      }
    }
  }
}
