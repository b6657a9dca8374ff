package org.deconvnet.dictionary;

import java.io.Serializable;
import org.deconvnet.sums.FixedPointSum;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.UserErrorException;

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
 * valid convolution is exact; see {@link CodeCorrelations} for the computation and its cost.
 *
 * <p>Sums are fixed-point: images may come in any order and partition. Size: for each set of m maps
 * m² s³(s+1)/2 numbers of 8 bytes, and K·C·s² more. Not thread-safe.
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
  private final FixedPointSum energy;

  /**
   * @param images of the whole batch, whatever share of them is added here
   * @throws IllegalArgumentException if the connected maps are too many for this way of learning
   */
  public FilterStatistics(Connectivity connectivity, int side, long images) {
    this.connectivity = connectivity;
    this.side = side;
    this.sets = new MapSets(connectivity);
    requireRoom(sets, side);
    this.products = new FixedPointSum[sets.count()];
    for (int set = 0; set < products.length; set++) {
      products[set] = new FixedPointSum((int) slabStart(set, sets.maps(set).length), images);
    }
    this.targets =
        new FixedPointSum(connectivity.maps() * connectivity.channels() * side * side, images);
    this.energy = new FixedPointSum(1, images);
  }

  /** The constructor's check, for whoever wants to know before there is work done. */
  public static void requireRoom(MapSets sets, int side) {
    long numbers = 0;
    for (int set = 0; set < sets.count(); set++) {
      long maps = sets.maps(set).length;
      numbers += TapPairs.count(side) * maps * maps;
      if (numbers > MOST_NUMBERS) {
        throw new UserErrorException(
            "filter statistics: expected at most %d numbers, got more: %d maps reconstruct one channel; connect fewer, or take smaller filters than %d × %d"
                .formatted(MOST_NUMBERS, maps, side, side));
      }
    }
  }

  /** Where the products of the k-th map of a set start. */
  private long slabStart(int set, int k) {
    return TapPairs.count(side) * sets.maps(set).length * k;
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
   * @param correlations of filters of the same side
   * @param z codes, (K, H+s−1, W+s−1)
   * @param y what they reconstruct, (C, H, W)
   */
  public void add(CodeCorrelations correlations, FeatureMaps z, FeatureMaps y) {
    Checks.equal("filter statistics: filter side", side, correlations.side());
    FilterBank b = FilterBank.zeros(connectivity, side);
    Checks.sameShape("filter statistics: maps", b.mapShape(y.shape()), z.shape());
    correlations.engine().filterGradient(z, y, b);
    targets.add(b.data());
    energy.add(0, y.squaredNorm());
    for (int set = 0; set < products.length; set++) {
      int[] maps = sets.maps(set);
      if (maps.length > 0) {
        correlations.start(z, maps);
      }
      for (int k = 0; k < maps.length; k++) {
        products[set].add((int) slabStart(set, k), correlations.products(k));
      }
    }
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

  /**
   * Unfolds {@link TapPairs} of all maps to a symmetric matrix, row by row. Those with i = i′ come
   * twice.
   */
  private void fill(double[] matrix, FixedPointSum packed, int maps) {
    int taps = side * side;
    int n = maps * taps;
    int at = 0;
    for (int k = 0; k < maps; k++) {
      for (int other = 0; other < maps; other++) {
        for (int u = 0; u < taps; u++) {
          for (int v = 0; v < (u / side + 1) * side; v++, at++) {
            double value = packed.get(at);
            matrix[(k * taps + u) * n + other * taps + v] = value;
            matrix[(other * taps + v) * n + k * taps + u] = value;
          }
        }
      }
    }
  }
}
