package org.deconvnet.solve.greedy;

import java.util.Arrays;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.operator.Boundary;
import org.deconvnet.operator.BoundedSynthesis;
import org.deconvnet.operator.Masked;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.solve.CodeSolver;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * Locally greedy coordinate descent (Moreau, Oudre and Vayatis, ICML 2018, algorithm 1) on convex
 * convolutional sparse coding. Minimises, for one image y and a mask M of seen pixels,
 *
 * <pre>½ ‖M (y − Σ_k d_k ∗ z_k)‖² + Σ_k κ_k |z_k|₁,   ‖d_k‖ ≤ 1</pre>
 *
 * <p>The places of atoms are cut into blocks of 2s x 2s. Blocks come in turn; in a block the
 * coefficient moves that a proximal step would move most, to where its objective is least, and the
 * gradient around it follows by the filters' products, again and again until nothing in the block
 * would move by more than the tolerance: what is near stays in the nearest cache. It then sleeps
 * until a neighbour moves. The plain way is {@link org.deconvnet.solve.Fista}.
 *
 * <p>Costs Dᵀ y, then (2s−1)² K multiply-adds a change. An atom with hidden pixels costs s² K for
 * each pixel that is hidden or for each that is seen, whichever are fewer. Holds one dense code,
 * maps filled up to a multiple of 16, and K² (2s−1)² products. Allocates nothing for a change. Not
 * thread-safe.
 */
public final class LocallyGreedyDescent implements CodeSolver, ImageSolver {
  private static final double NORM_SLACK = 1e-4;

  /** From one level of moves to the next. */
  private static final double STEP = 1.5;

  private final ConvolutionEngine engine;
  private final FilterBank filters;
  private final Boundary boundary;
  private final WeightedL1 penalty;
  private final DescentOptions options;
  private final AtomProducts products;
  private final PlaceAdjoint adjoint;
  private final float[] bounds;

  private Shape image;
  private Shape codeShape;
  private BoundedSynthesis synthesis;
  private PlaceCode code;
  private PlaceGrid grid;
  private PlaceGradient gradient;
  private FeatureMaps residual;

  /**
   * @param filters connected in full, each of norm 1 at most
   * @param penalty κ, one a map
   * @throws UserErrorException if a filter's norm exceeds 1
   */
  public LocallyGreedyDescent(
      FilterBank filters,
      Boundary boundary,
      WeightedL1 penalty,
      DescentOptions options,
      ConvolutionEngine engine) {
    Checks.equal("weights of maps", filters.maps(), penalty.maps());
    this.engine = engine;
    this.filters = filters;
    this.boundary = boundary;
    this.penalty = penalty;
    this.options = options;
    this.products = new AtomProducts(filters);
    this.adjoint = new PlaceAdjoint(engine, filters, boundary);
    this.bounds = new float[products.maps()];
    setBounds();
  }

  private void setBounds() {
    Arrays.fill(bounds, Float.POSITIVE_INFINITY);
    for (int k = 0; k < filters.maps(); k++) {
      if (!(products.squaredNorm(k) <= 1 + NORM_SLACK)) {
        throw new UserErrorException(
            "filter %d: expected a norm of 1 at most, got %s; divide each filter by its norm"
                .formatted(k + 1, Math.sqrt(products.squaredNorm(k))));
      }
      bounds[k] = (float) penalty.kappa(k);
    }
  }

  @Override
  public CodeTrace solve(FeatureMaps y, FeatureMaps z) {
    CodedImage coded = code(y, SparseMaps.of(z));
    z.fill(0);
    SparseMaps found = coded.code();
    for (int e = 0; e < found.entries(); e++) {
      z.data()[found.index()[e]] = found.values()[e];
    }
    return coded.trace();
  }

  /** As the other, with no pixel hidden. */
  public CodedImage code(FeatureMaps y, SparseMaps start) {
    return code(y, null, start);
  }

  @Override
  public CodedImage code(FeatureMaps y, FeatureMaps mask, SparseMaps start) {
    Checks.finite("image", y);
    prepare(y.shape());
    Checks.sameShape("code to start from", codeShape, start.shape());
    FeatureMaps seen = seen(y, mask);
    begin(seen, mask, start);
    long most = (long) (options.changesPerPlace() * grid.places());
    long changes = descendBySteps(options.tolerance() * penalty.largest(), most);
    return result(seen, mask, changes, changes < most);
  }

  /**
   * How good a code is that another solver found; nothing of it changes.
   *
   * @param y as in {@link #code(FeatureMaps, FeatureMaps, SparseMaps)}
   * @param mask likewise
   * @param work what the certificate says of the work done
   */
  public CodedImage judged(FeatureMaps y, FeatureMaps mask, SparseMaps found, long work) {
    stand(y, mask, found);
    boolean settled = gradient.largestMove() <= options.tolerance() * penalty.largest();
    return result(seen(y, mask), mask, work, settled);
  }

  /**
   * Stands at a code without a step, as tiles do between rounds.
   *
   * @param mask as in {@link #code(FeatureMaps, FeatureMaps, SparseMaps)}
   */
  void stand(FeatureMaps y, FeatureMaps mask, SparseMaps start) {
    prepare(y.shape());
    Checks.sameShape("code to start from", codeShape, start.shape());
    begin(seen(y, mask), mask, start);
  }

  /** The code at which it stands. */
  SparseMaps found() {
    return code.sparse();
  }

  PlaceGradient gradient() {
    return gradient;
  }

  /** M (y − D z) at the code at which it {@linkplain #stand stood}; shared. */
  FeatureMaps residual() {
    return residual;
  }

  /**
   * By how much the weights κ may be multiplied before the code is zero; less than 1 where it is
   * zero now. Maps without a weight are left out.
   *
   * @param y as above
   * @param mask as above
   */
  public double excess(FeatureMaps y, FeatureMaps mask) {
    Checks.finite("image", y);
    prepare(y.shape());
    begin(seen(y, mask), mask, SparseMaps.zeros(codeShape));
    return DualBound.ofWeighted(penalty, gradient.state(), grid.places()).excess();
  }

  private void prepare(Shape shape) {
    if (!shape.equals(image)) {
      codeShape = boundary.maps(filters, shape);
      image = shape;
      synthesis = new BoundedSynthesis(engine, filters, boundary, shape);
      grid = new PlaceGrid(boundary, codeShape, filters.side());
      code = new PlaceCode(codeShape);
      gradient = null;
      gradient =
          new PlaceGradient(
              engine.kernels(), products, adjoint, bounds, penalty.nonNegative(), grid, code);
      residual = FeatureMaps.zeros(shape);
    }
    code.clear();
  }

  private FeatureMaps seen(FeatureMaps y, FeatureMaps mask) {
    if (mask == null) {
      return y;
    }
    Checks.sameShape("mask", image.withMaps(1), mask.shape());
    FeatureMaps seen = FeatureMaps.zeros(image);
    Masked.hide(mask, y, seen);
    return seen;
  }

  private void begin(FeatureMaps seen, FeatureMaps mask, SparseMaps start) {
    leaveResidual(seen, mask, start);
    code.setAll(start);
    gradient.start(
        residual, new Sight(boundary, filters.side(), image.height(), image.width(), mask));
  }

  /** residual ← M (y − D z). */
  private void leaveResidual(FeatureMaps seen, FeatureMaps mask, SparseMaps code) {
    if (code.entries() == 0) {
      residual.fill(0);
    } else {
      synthesis.applyEntries(code.index(), code.values(), residual);
    }
    float[] r = residual.data();
    for (int i = 0; i < r.length; i++) {
      r[i] = seen.data()[i] - r[i];
    }
    if (mask != null) {
      Masked.hide(mask, residual, residual);
    }
  }

  /**
   * First the coefficients that would move furthest, then those that would move less far, down to
   * the tolerance: fewer changes are undone later than if blocks came in turn at once.
   *
   * @return how many coefficients changed
   */
  long descendBySteps(double tolerance, long most) {
    long changes = 0;
    for (double level = gradient.largestMove() / STEP; level > tolerance; level /= STEP) {
      changes += descend((float) level, most - changes);
    }
    return changes + descend((float) tolerance, most - changes);
  }

  /** Goes round the blocks until none moves further; returns how many coefficients changed. */
  private long descend(float tolerance, long most) {
    grid.wakeAll();
    long changes = 0;
    long before = -1;
    while (changes != before && changes < most) {
      before = changes;
      for (int b = 0; b < grid.blocks(); b++) {
        if (grid.awake(b)) {
          changes += settle(b, tolerance, most - changes);
        }
      }
    }
    return changes;
  }

  /** Stays in one block, whose gradient is at hand, until nothing in it moves further. */
  private long settle(int block, float tolerance, long most) {
    for (long changes = 0; changes < most; changes++) {
      int place = grid.strongest(block, gradient.moves());
      if (gradient.moves()[place] <= tolerance) {
        grid.sleep(block);
        return changes;
      }
      change(place);
    }
    return most;
  }

  private void change(int place) {
    int row = place / grid.columns();
    int column = place % grid.columns();
    int k = gradient.strongestMap(place);
    double norm = gradient.squaredNorm(k, row, column);
    float before = code.value(place, k);
    float after = minimum(gradient.at(place, k) + norm * before, norm, k);
    if (after == before) {
      // Rounding alone would move it.
      gradient.moves()[place] = 0;
      return;
    }
    code.set(place, k, after);
    gradient.follow(before - after, k, row, column);
    grid.wakeAround(row, column);
  }

  /** The z that minimises norm/2 z² − v z + κ |z|. */
  private float minimum(double v, double norm, int k) {
    double below = penalty.nonNegative() ? 0 : Math.min(v + bounds[k], 0);
    return (float) ((Math.max(v - bounds[k], 0) + below) / norm);
  }

  private CodedImage result(FeatureMaps seen, FeatureMaps mask, long changes, boolean settled) {
    SparseMaps found = code.sparse();
    leaveResidual(seen, mask, found);
    double bound = DualBound.of(penalty, gradient.state(), grid.places()).value(seen, residual);
    CodeTrace trace = trace(seen, found, changes, bound);
    return new CodedImage(
        found, trace, new Certificate(trace.gap(), gradient.largestMove(), changes, settled));
  }

  private CodeTrace trace(FeatureMaps seen, SparseMaps found, long changes, double bound) {
    double squaredError = residual.squaredNorm();
    if (!Double.isFinite(squaredError)) {
      throw SolverDivergedException.inLearning(
          "coordinate descent: expected a finite squared error, got %s after %d changes"
              .formatted(squaredError, changes),
          null);
    }
    double sparsity = 0;
    for (int e = 0; e < found.entries(); e++) {
      sparsity += penalty.kappa(found.map(e)) * Math.abs(found.values()[e]);
    }
    return new CodeTrace(
        squaredError / 2,
        sparsity,
        squaredError,
        seen.squaredNorm(),
        found.entries(),
        codeShape.size(),
        squaredError / 2 + sparsity - bound);
  }
}
