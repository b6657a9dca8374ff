package org.deconvnet.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.conv.ConvolutionEngines;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.openjdk.jmh.annotations.AuxCounters;
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
  @Param({"1,15,150,7", "5,50,52,7", "25,100,20,7", "50,150,9,7", "1,64,256,8", "3,96,256,11"})
  public String shape;

  @Param({"vector", "scalar"})
  public String engine;

  private ConvolutionEngine convolution;
  private FilterBank filters;
  private FilterBank gradient;
  private FeatureMaps maps;
  private FeatureMaps image;
  private double gigaflopPerCall;

  /** Work done, in 10⁹ floating-point operations. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    public double gigaflop;
  }

  @Setup
  public void draw() {
    String[] numbers = shape.split(",", -1);
    int channels = Integer.parseInt(numbers[0]);
    int k = Integer.parseInt(numbers[1]);
    int side = Integer.parseInt(numbers[2]);
    int filterSide = Integer.parseInt(numbers[3]);
    Random random = new Random(1);
    convolution = ConvolutionEngines.create(engine);
    filters = FilterBank.zeros(Connectivity.full(k, channels), filterSide);
    gradient = filters.copy();
    image = FeatureMaps.zeros(new Shape(channels, side, side));
    maps = FeatureMaps.zeros(filters.mapShape(image.shape()));
    fill(filters.data(), random);
    fill(image.data(), random);
    fill(maps.data(), random);
    gigaflopPerCall = 2e-9 * k * channels * filterSide * filterSide * side * side;
  }

  private static void fill(float[] numbers, Random random) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
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
