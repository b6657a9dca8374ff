package org.deconvnet.bench;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.deconvolutional.DeconvolutionalLayer;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.HalfQuadraticSplitting;
import org.deconvnet.solve.SolverOptions;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
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
 * Milliseconds of layer-1 inference of the 2010 network for a 100 x 100 image of three colours with
 * nine maps, on one thread: six values of β, two conjugate-gradient steps each, from zero codes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsPrepend = {"--add-modules=jdk.incubator.vector"})
public class SplittingBenchmark {
  @Param({"vector"})
  public String engine;

  private HalfQuadraticSplitting solver;
  private FeatureMaps image;
  private FeatureMaps z;

  @Setup
  public void draw() {
    Random random = new Random(1);
    float[] filters = new float[9 * 3 * 7 * 7];
    for (int i = 0; i < filters.length; i++) {
      filters[i] = (float) random.nextGaussian() / 12;
    }
    DeconvolutionalLayer layer =
        new DeconvolutionalLayer(FilterBank.of(Connectivity.full(9, 3), 7, filters), 1, 1, 0.8);
    Shape shape = new Shape(3, 100, 100);
    solver =
        layer.solver(
            ConvolutionEngines.create(engine),
            BetaSchedule.standard(),
            SolverOptions.iterations(1),
            shape,
            1);
    image = FeatureMaps.zeros(shape);
    for (int i = 0; i < image.data().length; i++) {
      image.data()[i] = (float) random.nextGaussian();
    }
    z = FeatureMaps.zeros(layer.mapShape(shape));
  }

  @Benchmark
  public CodeTrace infer() {
    Arrays.fill(z.data(), 0);
    return solver.solve(image, z);
  }
}
