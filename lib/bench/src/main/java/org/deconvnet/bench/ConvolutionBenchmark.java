package org.deconvnet.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The three operations at the layer shapes of the 2011 network and two wide ones, each engine
 * beside the other. {@code gigaflop} counts the useful operations, 2 · K · C · s² · H · W a call;
 * as an auxiliary counter it reads as GFLOP/s.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsPrepend = {"--add-modules=jdk.incubator.vector"})
public class ConvolutionBenchmark {
  /** Channels, maps, image side, filter side. */
  @Param({
    KernelShape.LAYER_1,
    KernelShape.LAYER_2,
    KernelShape.LAYER_3,
    KernelShape.LAYER_4,
    KernelShape.WIDE_GREY,
    KernelShape.WIDE_COLOUR
  })
  public String shape;

  @Param({"vector", "scalar"})
  public String engine;

  private ConvolutionEngine convolution;
  private FilterBank filters;
  private FilterBank gradient;
  private FeatureMaps maps;
  private FeatureMaps image;
  private double gigaflopPerCall;

  @Setup
  public void draw() {
    KernelShape kernel = KernelShape.parse(shape);
    Random random = new Random(1);
    convolution = ConvolutionEngines.create(engine);
    filters = kernel.filters(random);
    gradient = filters.copy();
    image = kernel.image(random);
    maps = kernel.maps(random);
    gigaflopPerCall = kernel.gigaflop();
  }

  @Benchmark
  public FeatureMaps synthesize(Work work) {
    convolution.synthesize(filters, maps, image);
    work.gigaflop += gigaflopPerCall;
    return image;
  }

  @Benchmark
  public FeatureMaps adjoint(Work work) {
    convolution.adjoint(filters, image, maps);
    work.gigaflop += gigaflopPerCall;
    return maps;
  }

  @Benchmark
  public FilterBank filterGradient(Work work) {
    convolution.filterGradient(maps, image, gradient);
    work.gigaflop += gigaflopPerCall;
    return gradient;
  }
}
