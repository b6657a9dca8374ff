package org.deconvnet.network.csc;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deconvnet.dictionary.AtomShapes;
import org.deconvnet.kernels.CoordinateState;
import org.deconvnet.operator.Boundary;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * How images are coded with a dictionary, whatever its numbers.
 *
 * @param atoms the filters' sizes and weights, in the order of the maps
 * @param lambda weight λ of Σ|z|₁
 * @param relative whether λ is a share of each image's own λ_max, the least one at which its code
 *     is zero but for maps without penalty
 * @param boundary what happens at an image's edges
 * @param nonNegative whether codes may not be negative
 * @param descent when coding an image stops
 * @param solver of codes, once the dictionary is learned: learning takes coordinate descent
 */
public record CodingOptions(
    List<AtomGroup> atoms,
    double lambda,
    boolean relative,
    Boundary boundary,
    boolean nonNegative,
    DescentOptions descent,
    SolverChoice solver)
    implements Serializable {
  /** λ a tenth of λ_max, which suits images of any contrast; atoms lie inside the image. */
  public static final CodingOptions DEFAULTS =
      new CodingOptions(
          List.of(AtomGroup.DEFAULTS), 0.1, true, Boundary.FULL, false, DescentOptions.DEFAULT);

  public CodingOptions {
    atoms = List.copyOf(atoms);
    Checks.atLeast("atoms: number of groups", 1, atoms.size());
    Checks.positive("lambda", lambda);
    if (atoms.stream().allMatch(group -> group.weight() == 0)) {
      throw new UserErrorException(
          "atoms: expected a group with a weight above 0, got none: without a penalty no code is sparse");
    }
  }

  /** By coordinate descent. */
  public CodingOptions(
      List<AtomGroup> atoms,
      double lambda,
      boolean relative,
      Boundary boundary,
      boolean nonNegative,
      DescentOptions descent) {
    this(atoms, lambda, relative, boundary, nonNegative, descent, SolverChoice.DEFAULTS);
  }

  /** How many filters there are. */
  public int maps() {
    return atoms.stream().mapToInt(AtomGroup::maps).sum();
  }

  /** Rows and columns of the largest filter. */
  public int side() {
    return atoms.stream().mapToInt(AtomGroup::side).max().orElseThrow();
  }

  /** The filters' sizes; those without penalty are not learned. */
  AtomShapes shapes() {
    int[] sides = eachMap().mapToInt(AtomGroup::side).toArray();
    boolean[] fixed = new boolean[sides.length];
    List<AtomGroup> groups = eachMap().toList();
    for (int k = 0; k < fixed.length; k++) {
      fixed[k] = groups.get(k).weight() == 0;
    }
    return new AtomShapes(sides, fixed);
  }

  /**
   * Bytes that coding one image takes at least: a dense code, its maps filled up to whole vectors,
   * two numbers a place, and two images, all of four bytes a number; and the dense codes of a
   * solver that changes all coefficients at once.
   *
   * @param image (C, H, W)
   */
  public long bytes(Shape image) {
    long rows = Math.max(1, boundary.places(image.height(), side()));
    long columns = Math.max(1, boundary.places(image.width(), side()));
    long together = CoordinateState.MAPS_TOGETHER;
    long filledUp = (maps() + together - 1) / together * together;
    long dense = (long) solver.denseCodes() * maps();
    return Float.BYTES * (rows * columns * (filledUp + 2 + dense) + 2L * image.size());
  }

  /** The weight of each map. */
  double[] weights() {
    return eachMap().mapToDouble(AtomGroup::weight).toArray();
  }

  private Stream<AtomGroup> eachMap() {
    return atoms.stream().flatMap(group -> IntStream.range(0, group.maps()).mapToObj(m -> group));
  }

  /** λ Σ_k w_k |z_k|₁, with λ as it stands. */
  WeightedL1 penalty() {
    double[] kappas = weights();
    for (int k = 0; k < kappas.length; k++) {
      kappas[k] *= lambda;
    }
    return new WeightedL1(kappas, nonNegative);
  }

  /** The same, stopped at another tolerance. */
  public CodingOptions withTolerance(double tolerance) {
    DescentOptions stop = descent.withTolerance(tolerance);
    return new CodingOptions(atoms, lambda, relative, boundary, nonNegative, stop, solver);
  }

  /** The same with another λ. */
  public CodingOptions withLambda(double newLambda, boolean newRelative) {
    return new CodingOptions(atoms, newLambda, newRelative, boundary, nonNegative, descent, solver);
  }

  /** The same by another solver. */
  public CodingOptions withSolver(SolverChoice other) {
    return new CodingOptions(atoms, lambda, relative, boundary, nonNegative, descent, other);
  }
}
