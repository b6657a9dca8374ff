package org.deconvnet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.deconvnet.classify.KernelBlocks;
import org.deconvnet.classify.PyramidKernel;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.pyramid.Codebook;
import org.deconvnet.pyramid.NearestWords;
import org.deconvnet.pyramid.SparseHistogram;
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
 * Milliseconds, on one thread, of the five nearest of 1,000 words for 1,008 descriptors of 240
 * numbers, and of the kernel of 64 with 128 pyramids of 21,000 entries, a quarter of them not zero,
 * by blocks and pair by pair.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsPrepend = {"--add-modules=jdk.incubator.vector"})
public class PyramidBenchmark {
  private static final int DIMENSION = 240;

  @Param({"INTERSECTION", "LINEAR"})
  public PyramidKernel kernel;

  private ArrayKernels kernels;
  private Codebook codebook;
  private float[] descriptors;
  private List<SparseHistogram> xs;
  private List<SparseHistogram> ys;

  @Setup
  public void draw() {
    Random random = new Random(1);
    kernels = ConvolutionEngines.create("vector").kernels();
    codebook = new Codebook(1000, DIMENSION, numbers(1000 * DIMENSION, 1, random));
    descriptors = numbers(1008 * DIMENSION, 1, random);
    xs = pyramids(64, random);
    ys = pyramids(128, random);
  }

  private static List<SparseHistogram> pyramids(int count, Random random) {
    List<SparseHistogram> pyramids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pyramids.add(SparseHistogram.of(numbers(21_000, 0.25, random)));
    }
    return pyramids;
  }

  private static float[] numbers(int count, double density, Random random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextDouble() < density ? random.nextFloat() / 15 : 0;
    }
    return numbers;
  }

  @Benchmark
  public NearestWords nearestWords() {
    return NearestWords.of(descriptors, codebook, 5, kernels);
  }

  @Benchmark
  public float[][] blocks() {
    return new KernelBlocks(kernel, kernels).rows(xs, ys);
  }

  @Benchmark
  public List<float[]> pairs() {
    return xs.stream().map(x -> kernel.row(x, ys)).toList();
  }
}
