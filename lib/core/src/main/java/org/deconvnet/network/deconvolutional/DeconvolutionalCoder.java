package org.deconvnet.network.deconvolutional;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.ImageCoder;
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
public final class DeconvolutionalCoder implements ImageCoder<DeconvolutionalImage> {
  private final ConvolutionEngine engine;
  private final DeconvolutionalCoding coding;
  private Shape shape;
  private HalfQuadraticSplitting solver;

  public DeconvolutionalCoder(ConvolutionEngine engine, DeconvolutionalCoding coding) {
    this.engine = engine;
    this.coding = coding;
  }

  /**
   * The image with a better code, from the one that it has; the argument is not changed.
   *
   * @throws IllegalArgumentException naming the image, if it is too small, does not fit the layer
   *     or has a pixel that is not finite
   * @throws SolverDivergedException naming the image, if its code stops being finite
   */
  @Override
  public DeconvolutionalImage code(DeconvolutionalImage image) {
    try {
      return improved(image);
    } catch (IllegalArgumentException e) {
      // Below this place nobody knows which of a corpus's files it is.
      throw UserErrorException.of("image " + image.id(), e);
    } catch (SolverDivergedException e) {
      throw e.inImage(image.id());
    }
  }

  private DeconvolutionalImage improved(DeconvolutionalImage image) {
    Shape input = image.image().shape();
    if (!input.equals(shape)) {
      solver =
          coding
              .layer()
              .solver(
                  engine, coding.schedule(), SolverOptions.iterations(1), input, coding.number());
      shape = input;
    }
    FeatureMaps z =
        image.keptCode() == null
            ? FeatureMaps.zeros(coding.layer().mapShape(input))
            : image.keptCode().copy();
    CodeTrace trace = solver.solve(image.image(), z);
    return new DeconvolutionalImage(image.id(), image.image(), z, trace);
  }
}
