package org.deconvnet.bench;

import java.util.Random;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * The three operations of {@link ConvolutionEngine} at one shape through oneDNN, on the operands of
 * {@link ConvolutionBenchmark}. Each can be had from two convolutions; both are checked against the
 * plain engine, then the faster one is taken.
 */
final class OneDnnKernels {
  private static final double TOLERANCE = 1e-3;
  private static final int TRIALS = 10;

  private final ConvolutionEngine plain = ConvolutionEngines.create("scalar");
  private final KernelShape shape;
  private final OneDnnGeometry upwards;
  private final OneDnnGeometry downwards;
  private final FilterBank filters;
  private final FeatureMaps image;
  private final FeatureMaps maps;

  OneDnnKernels(KernelShape shape) {
    this.shape = shape;
    upwards = OneDnnGeometry.upwards(shape);
    downwards = OneDnnGeometry.downwards(shape);
    Random random = new Random(1);
    filters = shape.filters(random);
    image = shape.image(random);
    maps = shape.maps(random);
  }

  OneDnnPrimitive synthesize() {
    FeatureMaps expected = image.copy();
    plain.synthesize(filters, maps, expected);
    OneDnnPrimitive up = OneDnnPrimitive.backwardData(upwards, maps.data(), filters.data());
    OneDnnPrimitive down = OneDnnPrimitive.forward(downwards, maps.data(), flippedFilters());
    check(up, result(up), expected.data());
    check(down, result(down), expected.data());
    return faster(up, down);
  }

  OneDnnPrimitive adjoint() {
    FeatureMaps expected = maps.copy();
    plain.adjoint(filters, image, expected);
    OneDnnPrimitive up = OneDnnPrimitive.forward(upwards, image.data(), filters.data());
    OneDnnPrimitive down = OneDnnPrimitive.backwardData(downwards, image.data(), flippedFilters());
    check(up, result(up), expected.data());
    check(down, result(down), expected.data());
    return faster(up, down);
  }

  OneDnnPrimitive filterGradient() {
    FilterBank expected = filters.copy();
    plain.filterGradient(maps, image, expected);
    OneDnnPrimitive up = OneDnnPrimitive.backwardWeights(upwards, image.data(), maps.data());
    OneDnnPrimitive down = OneDnnPrimitive.backwardWeights(downwards, maps.data(), image.data());
    check(up, result(up), expected.data());
    check(down, flipped(result(down), shape.channels(), shape.maps()), expected.data());
    return faster(up, down);
  }

  private float[] flippedFilters() {
    return flipped(filters.data(), shape.maps(), shape.channels());
  }

  /** (A, B, s, s) to (B, A, s, s) with both filter axes reversed; its own inverse. */
  private float[] flipped(float[] from, int a, int b) {
    int plane = shape.filterSide() * shape.filterSide();
    float[] to = new float[from.length];
    for (int i = 0; i < from.length; i++) {
      int pair = i / plane;
      int target = (pair % b) * a + pair / b;
      to[target * plane + plane - 1 - i % plane] = from[i];
    }
    return to;
  }

  private static float[] result(OneDnnPrimitive p) {
    p.run();
    return p.result();
  }

  private static void check(OneDnnPrimitive p, float[] actual, float[] expected) {
    double worst = 0;
    double square = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(actual[i] - expected[i]);
      // Not a number must count as wrong.
      worst = difference <= worst ? worst : difference;
      square += (double) expected[i] * expected[i];
    }
    double relative = worst / Math.sqrt(square / expected.length);
    if (!(relative <= TOLERANCE)) {
      throw new IllegalStateException("%s: off by %.2g".formatted(p.name(), relative));
    }
  }

  private static OneDnnPrimitive faster(OneDnnPrimitive a, OneDnnPrimitive b) {
    long timeA = leastNanoseconds(a);
    long timeB = leastNanoseconds(b);
    System.out.printf("%n%s: %d ns; %s: %d ns%n", a.name(), timeA, b.name(), timeB);
    return timeA <= timeB ? a : b;
  }

  private static long leastNanoseconds(OneDnnPrimitive p) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIALS; i++) {
      long start = System.nanoTime();
      p.run();
      least = Math.min(least, System.nanoTime() - start);
    }
    return least;
  }
}
