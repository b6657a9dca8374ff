package org.deconvnet.bench;

import java.util.concurrent.TimeUnit;
import org.deconvnet.engine.ConvolutionEngineProvider;
import org.deconvnet.engine.ConvolutionEngines;
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
 * What the kernels are a share of: independent multiply-adds in registers, in the widest form that
 * the engine uses. {@code gigaflop} reads as GFLOP/s, as in {@link ConvolutionBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsPrepend = {"--add-modules=jdk.incubator.vector"})
public class PeakBenchmark {
  private static final int ROUNDS = 100_000;

  @Param({"vector"})
  public String engine;

  private ConvolutionEngineProvider provider;
  private double gigaflopPerCall;

  @Setup
  public void choose() {
    provider = ConvolutionEngines.provider(engine);
    gigaflopPerCall = 1e-9 * ROUNDS * provider.operationsPerRound();
  }

  @Benchmark
  public float multiplyAdd(Work work) {
    work.gigaflop += gigaflopPerCall;
    return provider.multiplyAdd(ROUNDS);
  }
}
