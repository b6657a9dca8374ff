package org.deconvnet.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.adaptive.AdaptiveInference;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.speed.BenchmarkedNetwork;
import org.deconvnet.tensor.FeatureMaps;
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
 * Milliseconds an image of the whole 2011 network on one thread, with the densest codes: see {@link
 * BenchmarkedNetwork}. {@code -prof gc} shows what an image allocates.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsPrepend = {"--add-modules=jdk.incubator.vector"})
public class NetworkBenchmark {
  @Param({"vector"})
  public String engine;

  private AdaptiveInference inference;
  private FeatureMaps image;

  @Setup
  public void draw() {
    inference =
        new AdaptiveInference(ConvolutionEngines.create(engine), BenchmarkedNetwork.densest());
    image = BenchmarkedNetwork.noiseImage();
  }

  @Benchmark
  public List<SparseCode> codes() {
    return inference.codes(image);
  }
}
