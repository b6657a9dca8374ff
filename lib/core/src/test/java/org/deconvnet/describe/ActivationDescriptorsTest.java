package org.deconvnet.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deconvnet.describe.DescriptorWeights.ALIKE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.network.Activation;
import org.deconvnet.network.StrongestActivations;
import org.deconvnet.network.adaptive.AdaptiveInference;
import org.deconvnet.network.adaptive.AdaptiveLayer;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Reconstruction;
import org.deconvnet.operator.Switches;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationDescriptorsTest {
  private static final Shape IMAGE = new Shape(1, 67, 83);

  @ParameterizedTest
  @CsvSource({
    "1,16,4,4,0",
    "1,16,4,4,0.2",
    "2,16,4,4,0",
    "2,16,4,4,0.2",
    "2,12,5,4,0.7",
    "3,16,4,4,0.2",
    "3,9,2,3,0.5"
  })
  void equalTheDenseDescriptorsOfEachActivationAlone(
      int depth, int patch, int step, int cells, double leastShare) {
    AdaptiveNetwork net = network().upTo(depth);
    List<SparseCode> codes = codes(net, 5);
    DescriptorOptions options = new DescriptorOptions(patch, step, cells, 0.2);
    ActivationDescriptors set =
        describe(net, codes, new ActivationOptions(12, leastShare, ALIKE), options);
    List<Activation> strongest = StrongestActivations.of(codes.get(depth - 1), 12);
    assertThat(set.activations()).isEqualTo(strongest.size()).isPositive();
    Iterator<Descriptors> parts = set.iterator();
    int all = 0;
    for (int a = 0; a < set.activations(); a++) {
      FeatureMaps alone = inFirstLayer(net, codes, strongest.get(a));
      int count = set.counts()[a];
      if (count > 0) {
        Descriptors part = parts.next();
        assertThat(part.count()).isEqualTo(count);
        assertThat(sameAsDense(part, alone, options, leastShare)).isEqualTo(count);
      }
      all += count;
    }
    assertThat(parts.hasNext()).isFalse();
    assertThat(set.count()).isEqualTo(all).isPositive();
  }

  private static ActivationDescriptors describe(
      AdaptiveNetwork net,
      List<SparseCode> codes,
      ActivationOptions activations,
      DescriptorOptions options) {
    return new ActivationDescriptors(
        new StrongestActivationResponses(
                new ScalarConvolutionEngine(), net, activations.strongest())
            .of(IMAGE, codes),
        activations,
        options);
  }

  /**
   * Compares an activation's descriptors with those of the whole maps that are not to be dropped.
   *
   * @return how many those are
   */
  private static int sameAsDense(
      Descriptors set, FeatureMaps maps, DescriptorOptions options, double leastShare) {
    DescriptorGrid grid =
        new PatchDescriptors(options).describe(maps, IMAGE.height(), IMAGE.width());
    double[] norms = norms(maps, options, grid.dimension());
    double least = leastShare * Arrays.stream(norms).max().orElseThrow();
    int at = 0;
    for (int n = 0; n < norms.length; n++) {
      if (norms[n] > 0 && norms[n] >= least) {
        int across = grid.columns().length;
        assertThat(set.row(at)).isEqualTo(grid.rows()[n / across]);
        assertThat(set.column(at)).isEqualTo(grid.columns()[n % across]);
        assertThat(descriptor(set.values(), at, set.dimension()))
            .isEqualTo(descriptor(grid.values(), n, grid.dimension()));
        at++;
      }
    }
    return at;
  }

  /** Of the whole maps' descriptors before they are normalised. */
  private static double[] norms(FeatureMaps maps, DescriptorOptions options, int dimension) {
    float[] sums =
        new PatchDescriptors(options)
            .sums(
                maps,
                new GridAxis(IMAGE.height(), options),
                new GridAxis(IMAGE.width(), options),
                (maps.height() - IMAGE.height()) / 2,
                (maps.width() - IMAGE.width()) / 2);
    double[] norms = new double[sums.length / dimension];
    for (int n = 0; n < norms.length; n++) {
      norms[n] = Math.sqrt(PatchDescriptors.squaredNorm(sums, n * dimension, dimension));
    }
    return norms;
  }

  private static float[] descriptor(float[] values, int n, int dimension) {
    return Arrays.copyOfRange(values, n * dimension, (n + 1) * dimension);
  }

  private static FeatureMaps inFirstLayer(
      AdaptiveNetwork net, List<SparseCode> codes, Activation one) {
    List<Switches> lower =
        codes.subList(0, net.depth() - 1).stream().map(SparseCode::switches).toList();
    Reconstruction dense =
        net.upTo(net.depth() - 1)
            .reconstruction(
                new ScalarConvolutionEngine(), net.layer(net.depth()).filters(), lower, IMAGE);
    FeatureMaps z = FeatureMaps.zeros(dense.domain());
    z.data()[one.index()] = one.value();
    return dense.inFirstLayer(z);
  }

  @Test
  void aHigherShareKeepsFewer() {
    List<SparseCode> codes = codes(network(), 6);
    int all = count(codes, 0);
    int most = count(codes, 0.2);
    int few = count(codes, 0.8);
    assertThat(all).isGreaterThan(most);
    assertThat(most).isGreaterThan(few);
    assertThat(count(codes, 1)).isBetween(1, few);
  }

  private static int count(List<SparseCode> codes, double leastShare) {
    return describe(
            network(),
            codes,
            new ActivationOptions(8, leastShare, ALIKE),
            DescriptorOptions.DEFAULTS)
        .count();
  }

  @Test
  void activationsShareAlikeAndTheirDescriptorsByWeight() {
    List<SparseCode> codes = codes(network(), 7);
    for (DescriptorWeights weights : DescriptorWeights.values()) {
      ActivationDescriptors set =
          describe(
              network(), codes, new ActivationOptions(5, 0.1, weights), DescriptorOptions.DEFAULTS);
      for (Descriptors part : set) {
        double[] shares = numbers(part.count(), part::share);
        double[] each = numbers(part.count(), part::weight);
        assertThat(Arrays.stream(shares).sum()).isCloseTo(1.0 / 5, within(1e-12));
        double perWeight = shares[0] / each[0];
        assertThat(shares)
            .containsExactly(numbers(each.length, d -> each[d] * perWeight), within(1e-12));
        assertThat(Arrays.stream(each).max()).hasValue(1);
        double least = Arrays.stream(each).min().orElseThrow();
        if (weights == ALIKE) {
          assertThat(least).isEqualTo(1);
        } else {
          assertThat(least).isBetween(0.1, 0.99);
        }
      }
    }
  }

  private static double[] numbers(int count, IntToDoubleFunction each) {
    return IntStream.range(0, count).mapToDouble(each).toArray();
  }

  /** By the norms of the dense descriptors of the activation alone. */
  @Test
  void aWeightIsTheNormOverTheLargestOfTheActivation() {
    AdaptiveNetwork net = network();
    List<SparseCode> codes = codes(net, 8);
    DescriptorOptions options = DescriptorOptions.DEFAULTS;
    Activation first = StrongestActivations.of(codes.get(2), 1).get(0);
    FeatureMaps alone = inFirstLayer(net, codes, first);
    double[] norms = norms(alone, options, options.dimension(alone.maps()));
    double largest = Arrays.stream(norms).max().orElseThrow();
    double[] seen = Arrays.stream(norms).filter(n -> n > 0).map(n -> n / largest).toArray();
    Descriptors part =
        describe(net, codes, new ActivationOptions(1, 0, DescriptorWeights.NORM), options)
            .iterator()
            .next();
    assertThat(numbers(part.count(), part::weight)).containsExactly(seen, within(1e-12));
  }

  /** What is drawn by index is what the parts have, one after the other. */
  @Test
  void descriptorsAreFoundByTheirIndexOverAllParts() {
    ActivationDescriptors set =
        describe(
            network(), codes(network(), 9), ActivationOptions.DEFAULTS, DescriptorOptions.DEFAULTS);
    List<float[]> all = new ArrayList<>();
    for (Descriptors part : set) {
      for (int d = 0; d < part.count(); d++) {
        all.add(descriptor(part.values(), d, part.dimension()));
      }
    }
    assertThat(all).hasSize(set.count());
    int[] some = {all.size() - 1, 0, all.size() / 2, 3};
    float[][] drawn = set.values(some);
    for (int i = 0; i < some.length; i++) {
      assertThat(drawn[i]).isEqualTo(all.get(some[i]));
    }
  }

  @Test
  void oneObjectServesImagesOfAnyShape() {
    StrongestActivationResponses made =
        new StrongestActivationResponses(new ScalarConvolutionEngine(), network(), 50);
    float[] first = strongest(made.of(IMAGE, codes(network(), 1)));
    Shape small = new Shape(1, 12, 40);
    ActivationDescriptors none =
        new ActivationDescriptors(
            made.of(small, codes(network(), 2, small)),
            ActivationOptions.DEFAULTS,
            DescriptorOptions.DEFAULTS);
    assertThat(none.activations()).isPositive();
    assertThat(none.count()).isZero();
    assertThat(none.iterator().hasNext()).isFalse();
    assertThat(strongest(made.of(IMAGE, codes(network(), 3)))).isNotEqualTo(first);
    assertThat(strongest(made.of(IMAGE, codes(network(), 1)))).isEqualTo(first);
  }

  private static float[] strongest(ActivationResponses responses) {
    return responses.activations().get(0).values();
  }

  @Test
  void badResponsesAreNamed() {
    Shape frame = new Shape(2, 4, 5);
    int[] places = {0, 7, 39};
    ActivationResponse whole = new ActivationResponse(0, 0, 4, 5, new float[3]);
    assertThat(new ActivationResponses(4, 5, frame, places, List.of(whole)).activations())
        .hasSize(1);
    assertThatThrownBy(() -> new ActivationResponses(4, 5, frame, new int[] {40}, List.of(whole)))
        .hasMessageContaining("place: expected from 0 to 39, got 40");
    ActivationResponse few = new ActivationResponse(0, 0, 2, 3, new float[3]);
    assertThatThrownBy(() -> new ActivationResponses(4, 5, frame, places, List.of(few)))
        .hasMessageContaining("values of a window: expected 2, got 3");
  }

  @Test
  void badOptionsAreNamed() {
    assertThatThrownBy(() -> new ActivationOptions(0, 0.2, ALIKE))
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new ActivationOptions(50, 1.5, ALIKE))
        .hasMessageContaining("least share from 0 to 1, got 1.5");
    assertThatThrownBy(
            () ->
                new StrongestActivationResponses(new ScalarConvolutionEngine(), network(), 50)
                    .of(IMAGE, List.of()))
        .hasMessageContaining("codes, one a layer: expected at least 3, got 0");
  }

  private static AdaptiveNetwork network() {
    int[] maps = {6, 8, 10};
    int[] pooled = {3, 2, 1};
    int[] channels = {1, 2, 4};
    List<AdaptiveLayer> layers = new ArrayList<>();
    for (int l = 0; l < maps.length; l++) {
      layers.add(
          new AdaptiveLayer(
              FilterInitializer.gaussian(Connectivity.full(maps[l], channels[l]), 5, l),
              new PoolSize(3, 3, pooled[l]),
              50,
              3,
              0.01));
    }
    return new AdaptiveNetwork(layers);
  }

  private static List<SparseCode> codes(AdaptiveNetwork net, long seed) {
    return codes(net, seed, IMAGE);
  }

  private static List<SparseCode> codes(AdaptiveNetwork net, long seed, Shape shape) {
    FeatureMaps image = EngineContract.maps(shape, new Random(seed));
    return new AdaptiveInference(new ScalarConvolutionEngine(), net).codes(image);
  }
}
