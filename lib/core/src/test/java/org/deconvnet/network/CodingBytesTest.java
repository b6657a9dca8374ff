package org.deconvnet.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.deconvnet.AllocatedBytes;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.network.adaptive.AdaptiveInference;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalInference;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of an image's memory is below what inference asks for, and not far below. */
class CodingBytesTest {
  @ParameterizedTest
  @CsvSource({"1,15,30,60,80", "3,8,16,64,48", "1,4,40,96,96"})
  void inferenceTakesAsMuchAndNotTwice(int channels, int first, int second, int rows, int columns) {
    Shape image = new Shape(channels, rows, columns);
    AdaptiveNetwork adaptive =
        AdaptiveOptions.unlearned(List.of(adaptive(first), adaptive(second)), channels);
    requireNear(adaptive, image, engine -> new AdaptiveInference(engine, adaptive)::codes);
    DeconvolutionalStack stack =
        DeconvolutionalOptions.unlearned(List.of(dense(first), dense(second)), channels);
    requireNear(stack, image, engine -> new DeconvolutionalInference(engine, stack)::codes);
  }

  private static void requireNear(
      Network network, Shape shape, Function<ConvolutionEngine, Consumer<FeatureMaps>> inference) {
    long said = network.codingBytes(shape).stream().mapToLong(Long::longValue).sum();
    FeatureMaps image = EngineContract.maps(shape, new Random(1));
    // Of its classes the first inference of all takes memory, too.
    inference.apply(new ScalarConvolutionEngine()).accept(image);
    long before = AllocatedBytes.ofThisThread();
    inference.apply(new ScalarConvolutionEngine()).accept(image);
    assertThat(AllocatedBytes.ofThisThread() - before)
        .as(network.title())
        .isBetween(said, 2 * said);
  }

  private static AdaptiveOptions adaptive(int maps) {
    AdaptiveOptions d = AdaptiveOptions.DEFAULTS;
    return new AdaptiveOptions(maps, 5, new PoolSize(2, 2, 1), d.lambda(), 2, 1, 1, 1, 0);
  }

  private static DeconvolutionalOptions dense(int maps) {
    DeconvolutionalOptions d = DeconvolutionalOptions.DEFAULTS;
    return new DeconvolutionalOptions(
        maps, 5, d.connectivity(), 1, 1, 0.8, 1, 1, 0, d.filterStep(), d.schedule());
  }
}
