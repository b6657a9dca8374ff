package org.deconvnet.solve.splitting;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.operator.Boundary;
import org.deconvnet.operator.BoundedSynthesis;
import org.deconvnet.operator.LinearMap;
import org.deconvnet.penalty.Proximal;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.solve.greedy.CodedImage;
import org.deconvnet.solve.greedy.ImageSolver;
import org.deconvnet.solve.greedy.LocallyGreedyDescent;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/**
 * The alternating direction method of multipliers (Boyd et al., Foundations and Trends in Machine
 * Learning 2011, section 3, scaled form) on convex convolutional sparse coding, split as by
 * Wohlberg (ICASSP 2014; IEEE Trans. Image Processing 2016):
 *
 * <pre>least over x and z: ½ ‖D x + e − y‖² + Σ_k κ_k |z_k|₁,   x = z,   e zero on seen pixels
 * </pre>
 *
 * <p>An image of any boundary is a part of a circular one ({@link CircularPlaces}). Pixels of it
 * that are not seen, beyond an edge or behind a mask, have an unknown of their own, e: an impulse
 * filter without a penalty, split as the codes are (additive mask simulation, Wohlberg 2016,
 * Boundary handling for convolutional sparse representations). So the data term stays a plain
 * square, and its step is exact:
 *
 * <pre>x = v + Dᵀ t,   t = (D Dᵀ + ρ I)⁻¹ (y − D v),   v = z − u</pre>
 *
 * <p>by the Woodbury identity; with e, D is [D I]. D and Dᵀ are the engine's; D Dᵀ is a matrix of
 * channels by channels for each frequency ({@link FilterSpectrum}). ρ follows the residuals for a
 * while, and then stays, so that iterations converge. The code is z, which has true zeros.
 *
 * <p>An iteration costs a dense synthesis and its adjoint. Holds five dense codes. Not thread-safe.
 */
public final class Admm implements ImageSolver {
  /** Iterations from one look at ρ and at the code to the next. */
  private static final int LOOK = 10;

  /** ρ stays after so many iterations. */
  private static final int ADAPTED = 300;

  /** Residuals this much apart are balanced. */
  private static final double BALANCED = 1.5;

  /** ρ grows or shrinks by this much at most. */
  private static final double MOST_CHANGE = 10;

  /** Of the order of D Dᵀ, whose eigenvalues grow with the filters, which have norm 1. */
  private static final double FIRST_RHO = 5;

  private final ConvolutionEngine engine;
  private final FilterBank filters;
  private final Boundary boundary;
  private final WeightedL1 penalty;
  private final int iterations;
  private final LocallyGreedyDescent judge;
  private final Residuals residuals = new Residuals();

  private CircularPlaces places;
  private LinearMap synthesis;
  private FilterSpectrum spectrum;
  private SplitVariable code;
  private SplitVariable unseen;
  private FeatureMaps seen;
  private FeatureMaps target;
  private FeatureMaps step;
  private boolean allSeen;
  private double rho;
  private Proximal proximal;

  /**
   * @param filters connected in full, each of norm 1 at most
   * @param penalty κ, one a map
   * @param judge of the same problem, which says how good codes are; its tolerance holds
   * @param iterations at most
   */
  public Admm(
      FilterBank filters,
      Boundary boundary,
      WeightedL1 penalty,
      LocallyGreedyDescent judge,
      int iterations,
      ConvolutionEngine engine) {
    Checks.atLeast("iterations", 1, iterations);
    this.engine = engine;
    this.filters = filters;
    this.boundary = boundary;
    this.penalty = penalty;
    this.iterations = iterations;
    this.judge = judge;
  }

  @Override
  public CodedImage code(FeatureMaps y, FeatureMaps mask, SparseMaps start) {
    Checks.finite("image", y);
    prepare(y.shape());
    Checks.sameShape("code to start from", places.code(), start.shape());
    begin(y, mask, start);
    for (int done = 1; ; done++) {
      iterate();
      requireFinite(done);
      boolean last = done == iterations;
      if (last || done % LOOK == 0) {
        CodedImage found = judge.judged(y, mask, places.gathered(code.z()), done);
        if (last || found.certificate().settled()) {
          return found;
        }
        balance(done);
      }
    }
  }

  private void prepare(Shape image) {
    if (places != null && places.image().equals(image)) {
      return;
    }
    places = new CircularPlaces(boundary, filters.side(), image, boundary.maps(filters, image));
    Shape circular = places.circular();
    synthesis = new BoundedSynthesis(engine, filters, Boundary.CIRCULAR, circular);
    spectrum = new FilterSpectrum(filters, circular);
    code = new SplitVariable(synthesis.domain());
    unseen = new SplitVariable(circular);
    step = FeatureMaps.zeros(circular);
  }

  private void begin(FeatureMaps y, FeatureMaps mask, SparseMaps start) {
    if (mask != null) {
      Checks.sameShape("mask", y.shape().withMaps(1), mask.shape());
    }
    seen = places.seen(mask);
    allSeen = seen.nonZeros() == seen.data().length;
    target = places.target(y, seen);
    places.layOut(start, code.z());
    code.start();
    unseen.z().fill(0);
    unseen.start();
    setRho(FIRST_RHO);
  }

  private void setRho(double value) {
    rho = value;
    proximal = penalty.proximal(1, rho);
  }

  private void iterate() {
    residuals.clear();
    leaveStep();
    synthesis.adjoint(step, code.step());
    code.follow(this::shrink, residuals);
    if (!allSeen) {
      System.arraycopy(step.data(), 0, unseen.step().data(), 0, step.data().length);
      unseen.follow(this::hideSeen, residuals);
    }
  }

  /** t ← (D Dᵀ + ρ I)⁻¹ (y − D v). */
  private void leaveStep() {
    synthesis.apply(code.aim(), step);
    float[] t = step.data();
    for (int i = 0; i < t.length; i++) {
      t[i] = target.data()[i] - t[i];
      if (!allSeen) {
        t[i] -= unseen.aim().data()[i];
      }
    }
    spectrum.solve(step, allSeen ? rho : rho + 1);
  }

  private void shrink(FeatureMaps v) {
    proximal.apply(v.data(), 1, v.data());
    places.keepAllowed(v);
  }

  private void hideSeen(FeatureMaps v) {
    int plane = seen.data().length;
    for (int i = 0; i < v.data().length; i++) {
      if (seen.data()[i % plane] != 0) {
        v.data()[i] = 0;
      }
    }
  }

  private void requireFinite(int done) {
    double sum = residuals.primal() + residuals.dual();
    if (!Double.isFinite(sum)) {
      throw SolverDivergedException.inLearning(
          "ADMM: expected finite residuals, got %s in iteration %d, rho %s; look for numbers in the image that are far too large"
              .formatted(sum, done, rho),
          null);
    }
  }

  private void balance(int done) {
    double ratio = residuals.primal() / residuals.dual();
    boolean apart = ratio > BALANCED || ratio < 1 / BALANCED;
    if (done > ADAPTED || !apart || !(ratio > 0) || Double.isInfinite(ratio)) {
      return;
    }
    double factor = Math.min(MOST_CHANGE, Math.max(1 / MOST_CHANGE, Math.sqrt(ratio)));
    code.rescale(factor);
    unseen.rescale(factor);
    setRho(rho * factor);
  }
}
