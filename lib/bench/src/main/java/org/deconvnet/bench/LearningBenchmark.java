package org.deconvnet.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deconvnet.conv.ConvolutionEngines;
import org.deconvnet.infer.SparseCode;
import org.deconvnet.layer.Network;
import org.deconvnet.learn.CodedImage;
import org.deconvnet.learn.ImageCoder;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.speed.AdaptiveNetwork;
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

  private ImageCoder coder;
  private CodedImage coded;
  private FilterBank direction;

  @Setup
  public void codeTheLayersBelow() {
    Network network = AdaptiveNetwork.densest();
    var engine = ConvolutionEngines.create(ConvolutionEngines.AUTO);
    TrainingImage image = new TrainingImage("noise", AdaptiveNetwork.noiseImage(), List.of());
    for (int number = 1; number < layer; number++) {
      SparseCode code =
          new ImageCoder(engine, network.upTo(number - 1), network.layer(number)).code(image);
      image = image.under(code.switches());
    }
    coder = new ImageCoder(engine, network.upTo(layer - 1), network.layer(layer));
    coded = new CodedImage(image, coder.code(image));
    direction = network.layer(layer).filters().copy();
  }

  @Benchmark
  @OperationsPerInvocation(ITERATIONS)
  public SparseCode istaIteration() {
    return coder.code(coded.source());
  }

  @Benchmark
  public float[] conjugateGradientStep() {
    return coder.curvature(coded, direction);
  }
}
