package org.deconvnet.network.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.deconvnet.AllocatedBytes;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.network.gradient.GradientNetwork.Wanted;
import org.deconvnet.network.gradient.plan.Add;
import org.deconvnet.network.gradient.plan.Input;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.plan.Node;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer and the whole of small networks, held to central differences in double precision. */
class GradientNetworkTest {
  private static final int IMAGES = 3;
  private static final double STEP = 1e-5;

  static Stream<NetworkPlan> plans() {
    return ExamplePlans.all();
  }

  /** A network with numbers in it, and a random linear loss: {@code ⟨output, slope⟩}. */
  private record Drawn(GradientNetwork network, double[] parameters, double[] input) {
    static Drawn of(NetworkPlan plan, long seed) {
      Random random = new Random(seed);
      float[] parameters = gaussian(plan.parameters().size(), random);
      GradientNetwork network = new GradientNetwork(plan, new ScalarArrayKernels(), IMAGES);
      network.setParameters(parameters);
      fill(network.input().data(), random);
      fill(network.outputGradient().data(), random);
      return new Drawn(network, doubles(parameters), doubles(network.input().data()));
    }

    double loss(double[] w, double[] x) {
      double[] output = new PlainNetwork(network.plan(), IMAGES).output(w, x);
      double sum = 0;
      for (int i = 0; i < output.length; i++) {
        sum += output[i] * network.outputGradient().data()[i];
      }
      return sum;
    }
  }

  static float[] gaussian(int length, Random random) {
    float[] numbers = new float[length];
    fill(numbers, random);
    return numbers;
  }

  static void fill(float[] numbers, Random random) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
  }

  static double[] doubles(float[] numbers) {
    double[] copy = new double[numbers.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = numbers[i];
    }
    return copy;
  }

  @ParameterizedTest
  @MethodSource("plans")
  void valuesAreThoseOfTheFormulas(NetworkPlan plan) {
    Drawn drawn = Drawn.of(plan, 1);
    drawn.network.train();
    double[] expected = new PlainNetwork(plan, IMAGES).output(drawn.parameters, drawn.input);
    close(drawn.network.output().data(), expected, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void gradientsAreCentralDifferences(NetworkPlan plan) {
    Drawn drawn = Drawn.of(plan, 2);
    drawn.network.train();
    drawn.network.backward(Wanted.ALL);
    double[] byParameters = differences(drawn.parameters, w -> drawn.loss(w, drawn.input));
    double[] byInput = differences(drawn.input, x -> drawn.loss(drawn.parameters, x));
    close(drawn.network.gradient(), byParameters, 2e-5);
    close(drawn.network.inputGradient().data(), byInput, 2e-5);
  }

  private static double[] differences(double[] at, ToDoubleFunction<double[]> loss) {
    double[] slopes = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      double middle = at[i];
      at[i] = middle + STEP;
      double above = loss.applyAsDouble(at);
      at[i] = middle - STEP;
      double below = loss.applyAsDouble(at);
      at[i] = middle;
      slopes[i] = (above - below) / (2 * STEP);
    }
    return slopes;
  }

  /** Relative to the largest number. */
  static void close(float[] got, double[] expected, double share) {
    assertThat(got).hasSameSizeAs(expected);
    double largest = 1e-3;
    for (double number : expected) {
      largest = Math.max(largest, Math.abs(number));
    }
    for (int i = 0; i < got.length; i++) {
      assertThat((double) got[i])
          .as("number %d", i)
          .isCloseTo(expected[i], within(share * largest));
    }
  }

  /** One way at a time gives what both together give, and a second pass what the first gave. */
  @ParameterizedTest
  @MethodSource("plans")
  void wantingLessChangesNothing(NetworkPlan plan) {
    GradientNetwork network = Drawn.of(plan, 3).network;
    network.train();
    network.backward(Wanted.ALL);
    float[] parameters = network.gradient().clone();
    float[] input = network.inputGradient().data().clone();
    network.backward(Wanted.PARAMETERS);
    assertThat(network.gradient()).isEqualTo(parameters);
    network.backward(Wanted.INPUT);
    assertThat(network.inputGradient().data()).isEqualTo(input);
    assertThat(network.gradient()).isEqualTo(parameters);
  }

  /** The scalar kernels alone: what vectors need is the engine's own test. */
  @ParameterizedTest
  @MethodSource("plans")
  void aStepAllocatesNothing(NetworkPlan plan) {
    GradientNetwork network = Drawn.of(plan, 4).network;
    float[] parameters = gaussian(plan.parameters().size(), new Random(5));
    Runnable step =
        () -> {
          network.setParameters(parameters);
          network.train();
          network.backward(Wanted.ALL);
          network.statistics();
          network.infer();
        };
    for (int i = 0; i < 50; i++) {
      step.run();
    }
    long before = AllocatedBytes.ofThisThread();
    step.run();
    assertThat(AllocatedBytes.ofThisThread() - before).isLessThan(4000);
  }

  @Test
  void inferenceTakesRunningStatisticsAndNoOtherImage() {
    NetworkPlan plan = ExamplePlans.named("normalized");
    GradientNetwork network = Drawn.of(plan, 6).network;
    network.train();
    float[] own = network.statistics().clone();
    network.infer();
    float[] byStart = network.output().data().clone();
    network.setStatistics(own);
    network.infer();
    assertThat(network.output().data()).isNotEqualTo(byStart);
    float[] before = network.output().data().clone();
    // The last image of the group is another one: the first keeps its bits.
    int plane = plan.input().plane();
    Arrays.fill(network.input().data(), 2 * plane, 3 * plane, 5f);
    network.infer();
    int kept = plan.output().plane() * 2;
    assertThat(Arrays.copyOf(network.output().data(), kept)).isEqualTo(Arrays.copyOf(before, kept));
    assertThat(network.output().data()).isNotEqualTo(before);
  }

  /** Two inputs of the same shape, added: both get the whole gradient. */
  @Test
  void severalInputsAreFilledByName() {
    Shape shape = new Shape(1, 2, 2);
    Node sum = new Node("sum", new Add(), List.of("a", "b"));
    NetworkPlan plan =
        new NetworkPlan(List.of(new Input("a", shape), new Input("b", shape)), List.of(sum));
    GradientNetwork network = new GradientNetwork(plan, new ScalarArrayKernels(), 1);
    Arrays.fill(network.values("a").data(), 2);
    Arrays.fill(network.values("b").data(), 3);
    network.train();
    assertThat(network.output().data()).containsExactly(5, 5, 5, 5);
    Arrays.fill(network.outputGradient().data(), 7);
    network.backward(Wanted.INPUT);
    assertThat(network.gradient("a").data()).containsExactly(7, 7, 7, 7);
    assertThat(network.gradient("b").data()).containsExactly(7, 7, 7, 7);
    assertThatThrownBy(network::input).hasMessageContaining("expected 1 input");
    assertThatThrownBy(() -> network.values("c"))
        .hasMessageContaining("among [a, b, sum], got 'c'");
  }

  @Test
  void backwardComesAfterTrain() {
    GradientNetwork network = Drawn.of(ExamplePlans.named("normalized"), 7).network;
    assertThatThrownBy(() -> network.backward(Wanted.ALL)).hasMessageContaining("after train");
    network.infer();
    assertThatThrownBy(() -> network.backward(Wanted.ALL)).hasMessageContaining("after train");
  }
}
