package org.deconvnet.bench;

import java.util.concurrent.TimeUnit;
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
 * {@link ConvolutionBenchmark} through oneDNN, on one thread: a yardstick from outside Java. It is
 * favoured: all operands lie in the formats that it asks for, and the reorders of filters, maps and
 * images into them and back are not timed. Values are checked before.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OneDnnBenchmark {
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

  private OneDnnPrimitive synthesis;
  private OneDnnPrimitive correlation;
  private OneDnnPrimitive gradient;
  private double gigaflopPerCall;

  @Setup
  public void prepare() {
    // OpenMP reads it when the library is loaded; nothing in Java can set it any more.
    if (!"1".equals(System.getenv("OMP_NUM_THREADS"))) {
      throw new IllegalStateException("one thread is measured: set OMP_NUM_THREADS=1");
    }
    KernelShape kernel = KernelShape.parse(shape);
    OneDnnKernels kernels = new OneDnnKernels(kernel);
    synthesis = kernels.synthesize();
    correlation = kernels.adjoint();
    gradient = kernels.filterGradient();
    gigaflopPerCall = kernel.gigaflop();
  }

  @Benchmark
  public void synthesize(Work work) {
    synthesis.run();
    work.gigaflop += gigaflopPerCall;
  }

  @Benchmark
  public void adjoint(Work work) {
    correlation.run();
    work.gigaflop += gigaflopPerCall;
  }

  @Benchmark
  public void filterGradient(Work work) {
    gradient.run();
    work.gigaflop += gigaflopPerCall;
  }
}
