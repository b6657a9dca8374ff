package org.deconvnet.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * One dense operation, ready to be run. Not thread-safe: it writes what an earlier run wrote.
 *
 * @param billions useful operations of a run, 10⁹
 */
record KernelWork(String op, String shape, double billions, Runnable run) {
  /** The layers of the 2011 network and two wide ones: channels, maps, image side, filter side. */
  private static final int[][] SHAPES = {
    {1, 15, 150, 7},
    {5, 50, 52, 7},
    {25, 100, 20, 7},
    {50, 150, 9, 7},
    {1, 64, 256, 8},
    {3, 96, 256, 11}
  };

  /** The three operations at every shape. */
  static List<KernelWork> all(ConvolutionEngine engine) {
    List<KernelWork> all = new ArrayList<>();
    for (int[] shape : SHAPES) {
      all.addAll(at(shape, engine));
    }
    return all;
  }

  private static List<KernelWork> at(int[] shape, ConvolutionEngine engine) {
    Random random = new Random(1);
    FilterBank f = FilterInitializer.gaussian(Connectivity.full(shape[1], shape[0]), shape[3], 1);
    FilterBank gradient = f.copy();
    FeatureMaps image = noise(new Shape(shape[0], shape[2], shape[2]), random);
    FeatureMaps maps = noise(f.mapShape(image.shape()), random);
    String name = "%d->%d@%d, %dx%d".formatted(shape[0], shape[1], shape[2], shape[3], shape[3]);
    double work = 2e-9 * f.data().length * image.shape().plane();
    return List.of(
        new KernelWork("synthesize", name, work, () -> engine.synthesize(f, maps, image)),
        new KernelWork("adjoint", name, work, () -> engine.adjoint(f, image, maps)),
        new KernelWork(
            "filterGradient", name, work, () -> engine.filterGradient(maps, image, gradient)));
  }

  static FeatureMaps noise(Shape shape, Random random) {
    FeatureMaps maps = FeatureMaps.zeros(shape);
    for (int i = 0; i < maps.data().length; i++) {
      maps.data()[i] = (float) random.nextGaussian();
    }
    return maps;
  }

  KernelSpeed taking(double seconds) {
    return new KernelSpeed(op, shape, billions / seconds);
  }
}
