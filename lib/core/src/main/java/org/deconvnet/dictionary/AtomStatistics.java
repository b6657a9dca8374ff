package org.deconvnet.dictionary;

import java.io.Serializable;
import org.deconvnet.operator.Boundary;
import org.deconvnet.solve.greedy.PlaceCode;
import org.deconvnet.sums.FixedPointSum;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.SparseMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * All that filters need to know of sparse codes, whatever the number of images:
 *
 * <pre>A_kk′[v] = Σ_i Σ_p z_k(p) z_k′(p + v), |v| &lt; s        b_kc[u] = Σ_i Σ_p z_k(p) y_c(p + u)
 * </pre>
 *
 * so that Σ‖y − Σ_k d_k ∗ z_k‖² = Σ_c (Σ_kk′uu′ d_kc[u] A_kk′[u − u′] d_k′c[u′] − 2 Σ_ku b_kc[u]
 * d_kc[u] + ‖y_c‖²), as in online dictionary learning (Mairal et al., JMLR 2010). Products depend
 * on lags alone because atoms are seen whole: what an image hides of them has to be filled in, see
 * {@link HiddenPixels}.
 *
 * <p>Costs the pairs of coefficients within reach of each other, and s² C a coefficient. Sums are
 * fixed-point: images may come in any order and partition. Size: K² (2s−1)² + K C s² numbers of 8
 * bytes. Not thread-safe.
 */
public final class AtomStatistics implements Serializable {
  private static final long serialVersionUID = 1;
  private static final long MOST_NUMBERS = 1L << 27;

  private final AtomLayout layout;
  private final FixedPointSum products;
  private final FixedPointSum targets;
  private final FixedPointSum energy;

  /**
   * @param images of the whole batch, whatever share of them is added here
   * @throws UserErrorException if filters are too many or too large for this way of learning
   */
  public AtomStatistics(AtomLayout layout, long images) {
    if (layout.products() > MOST_NUMBERS) {
      throw new UserErrorException(
          "atom statistics: expected at most %d numbers, got %d for %d filters of %d x %d; take fewer or smaller ones"
              .formatted(
                  MOST_NUMBERS, layout.products(), layout.maps(), layout.side(), layout.side()));
    }
    this.layout = layout;
    this.products = new FixedPointSum((int) layout.products(), images);
    this.targets = new FixedPointSum(layout.targets(), images);
    this.energy = new FixedPointSum(1, images);
  }

  /**
   * Adds one image.
   *
   * @param z its code
   * @param y what it reconstructs, nothing hidden, (C, H, W)
   */
  public void add(SparseMaps z, FeatureMaps y, Boundary boundary) {
    Checks.sameShape("atom statistics: code", layout.code(boundary, y.shape()), z.shape());
    energy.add(0, y.squaredNorm());
    boolean circular = boundary == Boundary.CIRCULAR;
    PlaceCode places = PlaceCode.of(z);
    for (int e = 0; e < z.entries(); e++) {
      addProducts(z, e, places, circular);
      addTargets(z, e, y, circular);
    }
  }

  private void addProducts(SparseMaps z, int e, PlaceCode places, boolean circular) {
    int reach = layout.side() - 1;
    for (int v = -reach; v <= reach; v++) {
      int row = inside(z.row(e) + v, z.shape().height(), circular);
      for (int w = -reach; w <= reach && row >= 0; w++) {
        int column = inside(z.column(e) + w, z.shape().width(), circular);
        if (column < 0) {
          continue;
        }
        int place = row * z.shape().width() + column;
        for (int l = places.first(place); l >= 0; l = places.next(l)) {
          double product = (double) z.values()[e] * places.value(l);
          products.add(layout.product(z.map(e), v, w) + places.map(l), product);
        }
      }
    }
  }

  private void addTargets(SparseMaps z, int e, FeatureMaps y, boolean circular) {
    for (int c = 0; c < layout.channels(); c++) {
      for (int i = 0; i < layout.side(); i++) {
        int row = inside(z.row(e) + i, y.height(), circular);
        for (int j = 0; j < layout.side(); j++) {
          int column = inside(z.column(e) + j, y.width(), circular);
          double product = (double) z.values()[e] * y.get(c, row, column);
          targets.add(layout.target(z.map(e), c, i, j), product);
        }
      }
    }
  }

  private static int inside(int number, int count, boolean circular) {
    if (number >= 0 && number < count) {
      return number;
    }
    return circular ? Math.floorMod(number, count) : -1;
  }

  /** Adds the sums of other images. */
  public void merge(AtomStatistics other) {
    products.merge(other.products);
    targets.merge(other.targets);
    energy.merge(other.energy);
  }

  /** The sums as numbers. */
  public AtomQuadratic quadratic() {
    return new AtomQuadratic(layout, products.toArray(), targets.toArray(), energy.get(0));
  }
}
