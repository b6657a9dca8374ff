package org.deconvnet.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.adaptive.AdaptiveCoder;
import org.deconvnet.network.adaptive.AdaptiveCoding;
import org.deconvnet.network.adaptive.AdaptiveImage;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.speed.BenchmarkedNetwork;
import org.deconvnet.tensor.FilterBank;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an image costs while a layer of the 2011 network is learned, with the densest codes: an ISTA
 * iteration, and its share of a conjugate-gradient step on the filters.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsPrepend = {"--add-modules=jdk.incubator.vector"})
public class LearningBenchmark {
  private static final int ITERATIONS = 10;

  @Param({"1", "2", "3", "4"})
  int layer;

  private AdaptiveCoder coder;
  private AdaptiveImage coded;
  private FilterBank direction;

  @Setup
  public void codeTheLayersBelow() {
    AdaptiveNetwork network = BenchmarkedNetwork.densest();
    var engine = ConvolutionEngines.create(ConvolutionEngines.AUTO);
    AdaptiveImage image = new AdaptiveImage("noise", BenchmarkedNetwork.noiseImage(), List.of());
    for (int number = 1; number < layer; number++) {
      image = coding(network, number).coder(engine).code(image).handedUp();
    }
    coder = coding(network, layer).coder(engine);
    coded = coder.code(image);
    direction = network.layer(layer).filters().copy();
  }

  private static AdaptiveCoding coding(AdaptiveNetwork network, int number) {
    return new AdaptiveCoding(network.upTo(number - 1), network.layer(number));
  }

  @Benchmark
  @OperationsPerInvocation(ITERATIONS)
  public AdaptiveImage istaIteration() {
    return coder.code(coded);
  }

  @Benchmark
  public float[] conjugateGradientStep() {
    return coder.product(coded, direction);
  }
}
