package org.deconvnet.network.deconvolutional;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.HalfQuadraticSplitting;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.solve.SolverOptions;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * Codes one image after the other with the same filters. Keeps the workspace of the last shape. Not
 * thread-safe: one a task.
 */
public final class DeconvolutionalCoder {
  private final ConvolutionEngine engine;
  private final DeconvolutionalLayer layer;
  private final BetaSchedule schedule;
  private final int number;
  private Shape shape;
  private HalfQuadraticSplitting solver;

  /**
   * @param number the layer's number, for messages
   */
  public DeconvolutionalCoder(
      ConvolutionEngine engine, DeconvolutionalLayer layer, BetaSchedule schedule, int number) {
    this.engine = engine;
    this.layer = layer;
    this.schedule = schedule;
    this.number = number;
  }

  /**
   * The image with a better code, from the one that it has; the argument is not changed.
   *
   * @throws IllegalArgumentException naming the image, if it is too small, does not fit the layer
   *     or has a pixel that is not finite
   * @throws SolverDivergedException naming the image, if its code stops being finite
   */
  public CodedMaps code(CodedMaps maps) {
    try {
      return improved(maps);
    } catch (IllegalArgumentException e) {
      // Below this place nobody knows which of a corpus's files it is.
      throw UserErrorException.of("image " + maps.id(), e);
    } catch (SolverDivergedException e) {
      throw e.inImage(maps.id());
    }
  }

  private CodedMaps improved(CodedMaps maps) {
    Shape input = maps.input().shape();
    if (!input.equals(shape)) {
      solver = layer.solver(engine, schedule, SolverOptions.iterations(1), input, number);
      shape = input;
    }
    FeatureMaps z =
        maps.code() == null ? FeatureMaps.zeros(layer.mapShape(input)) : maps.code().copy();
    CodeTrace trace = solver.solve(maps.input(), z);
    return new CodedMaps(maps.id(), maps.input(), z, trace);
  }
}
