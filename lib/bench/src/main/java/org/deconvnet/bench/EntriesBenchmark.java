package org.deconvnet.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.engine.Entries;
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

/** Milliseconds of the operations on entries against the share of entries that are not zero. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgsPrepend = {"--add-modules=jdk.incubator.vector"})
public class EntriesBenchmark {
  /** Channels, maps, image side, filter side. */
  @Param({KernelShape.LAYER_1, KernelShape.LAYER_2, KernelShape.LAYER_3, KernelShape.LAYER_4})
  public String shape;

  /** Per mille of the entries. */
  @Param({"1", "10", "40", "110", "1000"})
  public int perMille;

  @Param({"vector"})
  public String engine;

  private ConvolutionEngine convolution;
  private FilterBank filters;
  private FilterBank gradient;
  private FeatureMaps image;
  private FeatureMaps reconstruction;
  private Entries entries;
  private float[] values;
  private float[] read;

  @Setup
  public void draw() {
    KernelShape kernel = KernelShape.parse(shape);
    Random random = new Random(1);
    convolution = ConvolutionEngines.create(engine);
    filters = kernel.filters(random);
    gradient = filters.copy();
    image = kernel.image(random);
    reconstruction = image.copy();
    Shape code = filters.mapShape(image.shape());
    int count = (int) ((long) code.size() * perMille / 1000);
    int[] index = random.ints(0, code.size()).distinct().limit(count).sorted().toArray();
    values = new float[count];
    KernelShape.fill(values, random);
    read = values.clone();
    entries = convolution.entries(filters);
    entries.set(code, index);
  }

  @Benchmark
  public FeatureMaps synthesizeEntries() {
    convolution.synthesizeEntries(filters, entries, values, reconstruction);
    return reconstruction;
  }

  @Benchmark
  public float[] adjointEntries() {
    convolution.adjointEntries(filters, image, entries, read);
    return read;
  }

  @Benchmark
  public FilterBank filterGradientEntries() {
    convolution.filterGradientEntries(entries, values, image, gradient);
    return gradient;
  }
}
