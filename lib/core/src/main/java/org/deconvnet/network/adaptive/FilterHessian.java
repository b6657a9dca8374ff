package org.deconvnet.network.adaptive;

import org.deconvnet.learn.Batch;
import org.deconvnet.learn.Pass;
import org.deconvnet.solve.Hessian;
import org.deconvnet.sums.ExactTotal;
import org.deconvnet.sums.FixedPointSum;
import org.deconvnet.tensor.FilterBank;

/**
 * Σ S(z)ᵀ Lᵀ L S(z) over the batch's codes; one pass over the images a question. A gradient summed
 * over many images is long, and its product would grow with their square: the batch gets a
 * direction of a length below 1, shortened by a power of two, which changes no digit.
 *
 * @param f filters shaped as the directions are
 */
record FilterHessian(Batch<AdaptiveImage, AdaptiveCoding> batch, FilterBank f) implements Hessian {
  @Override
  public double[] product(double[] d) {
    int exponent = exponent(d);
    FilterBank direction = shortened(d, exponent);
    Pass<AdaptiveImage, AdaptiveCoding, FixedPointSum> pass =
        (coded, coding, engine, all) -> {
          AdaptiveCoder coder = coding.coder(engine);
          FixedPointSum sum = new FixedPointSum(direction.data().length, all);
          coded.forEachRemaining(image -> sum.add(coder.product(image, direction)));
          return sum;
        };
    double[] product = batch.sum(pass).toArray();
    for (int i = 0; i < product.length; i++) {
      product[i] = Math.scalb(product[i], exponent);
    }
    return product;
  }

  /** Σ ‖L S(z) d‖². */
  @Override
  public double curvature(double[] d) {
    int exponent = exponent(d);
    FilterBank direction = shortened(d, exponent);
    Pass<AdaptiveImage, AdaptiveCoding, ExactTotal> pass =
        (coded, coding, engine, all) -> {
          AdaptiveCoder coder = coding.coder(engine);
          ExactTotal sum = new ExactTotal();
          coded.forEachRemaining(image -> sum.add(coder.squaredLength(image, direction)));
          return sum;
        };
    return Math.scalb(batch.sum(pass).get(), 2 * exponent);
  }

  private FilterBank shortened(double[] d, int exponent) {
    FilterBank direction = FilterBank.zeros(f.connectivity(), f.side());
    for (int i = 0; i < d.length; i++) {
      direction.data()[i] = (float) Math.scalb(d[i], -exponent);
    }
    return direction;
  }

  private static int exponent(double[] d) {
    double squares = 0;
    for (double v : d) {
      squares += v * v;
    }
    return Math.getExponent(Math.sqrt(squares)) + 1;
  }
}
