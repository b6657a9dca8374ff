package org.deconvnet.speed;

import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * The speed of one dense operation on one thread.
 *
 * @param op synthesize, adjoint or filterGradient
 * @param shape channels, maps, image side and filter side
 * @param gflops useful operations, 2 · K · C · s² · H · W a call, in 10⁹ a second
 */
public record KernelSpeed(String op, String shape, double gflops) {
  /** The layers of the 2011 network and two wide ones: channels, maps, image side, filter side. */
  static final List<int[]> SHAPES =
      List.of(
          new int[] {1, 15, 150, 7},
          new int[] {5, 50, 52, 7},
          new int[] {25, 100, 20, 7},
          new int[] {50, 150, 9, 7},
          new int[] {1, 64, 256, 8},
          new int[] {3, 96, 256, 11});

  /** The three operations at one shape. */
  static List<KernelSpeed> measure(ConvolutionEngine engine, int[] shape, double seconds) {
    Random random = new Random(1);
    FilterBank f = FilterInitializer.gaussian(Connectivity.full(shape[1], shape[0]), shape[3], 1);
    FilterBank gradient = f.copy();
    FeatureMaps image = noise(new Shape(shape[0], shape[2], shape[2]), random);
    FeatureMaps maps = noise(f.mapShape(image.shape()), random);
    String name = "%d->%d@%d, %dx%d".formatted(shape[0], shape[1], shape[2], shape[3], shape[3]);
    double work = 2e-9 * f.data().length * image.shape().plane();
    double each = seconds / 3;
    return List.of(
        new KernelSpeed(
            "synthesize",
            name,
            work / Stopwatch.median(each, () -> engine.synthesize(f, maps, image))),
        new KernelSpeed(
            "adjoint", name, work / Stopwatch.median(each, () -> engine.adjoint(f, image, maps))),
        new KernelSpeed(
            "filterGradient",
            name,
            work / Stopwatch.median(each, () -> engine.filterGradient(maps, image, gradient))));
  }

  static FeatureMaps noise(Shape shape, Random random) {
    FeatureMaps maps = FeatureMaps.zeros(shape);
    for (int i = 0; i < maps.data().length; i++) {
      maps.data()[i] = (float) random.nextGaussian();
    }
    return maps;
  }
}
