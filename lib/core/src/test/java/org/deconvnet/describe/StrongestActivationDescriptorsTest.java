package org.deconvnet.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

class StrongestActivationDescriptorsTest {
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
        new StrongestActivationDescriptors(
                new ScalarConvolutionEngine(), net, new ActivationOptions(12, leastShare), options)
            .describe(IMAGE, codes);
    List<Activation> strongest = StrongestActivations.of(codes.get(depth - 1), 12);
    assertThat(set.activations()).isEqualTo(strongest.size()).isPositive();
    int next = 0;
    for (int a = 0; a < set.activations(); a++) {
      assertThat(set.start(a)).isEqualTo(next);
      FeatureMaps alone = inFirstLayer(net, codes, strongest.get(a));
      next = sameAsDense(set, next, alone, options, leastShare);
    }
    assertThat(set.start(set.activations())).isEqualTo(next);
    assertThat(set.count()).isEqualTo(set.start(set.activations())).isPositive();
  }

  /**
   * Compares the set's descriptors from {@code next} on with those of the whole maps that are not
   * to be dropped.
   *
   * @return the set's first descriptor after them
   */
  private static int sameAsDense(
      ActivationDescriptors set,
      int next,
      FeatureMaps maps,
      DescriptorOptions options,
      double leastShare) {
    DescriptorGrid grid =
        new PatchDescriptors(options).describe(maps, IMAGE.height(), IMAGE.width());
    double[] norms = norms(maps, options, grid.dimension());
    double least = leastShare * Arrays.stream(norms).max().orElseThrow();
    int at = next;
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
    return new StrongestActivationDescriptors(
            new ScalarConvolutionEngine(),
            network(),
            new ActivationOptions(8, leastShare),
            DescriptorOptions.DEFAULTS)
        .describe(IMAGE, codes)
        .count();
  }

  @Test
  void oneObjectServesImagesOfAnyShape() {
    StrongestActivationDescriptors described =
        new StrongestActivationDescriptors(
            new ScalarConvolutionEngine(),
            network(),
            ActivationOptions.DEFAULTS,
            DescriptorOptions.DEFAULTS);
    float[] first = described.describe(IMAGE, codes(network(), 1)).values();
    Shape small = new Shape(1, 12, 40);
    ActivationDescriptors none = described.describe(small, codes(network(), 2, small));
    assertThat(none.activations()).isPositive();
    assertThat(none.count()).isZero();
    assertThat(described.describe(IMAGE, codes(network(), 3)).values()).isNotEqualTo(first);
    assertThat(described.describe(IMAGE, codes(network(), 1)).values()).isEqualTo(first);
  }

  @Test
  void badOptionsAreNamed() {
    assertThatThrownBy(() -> new ActivationOptions(0, 0.2)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new ActivationOptions(50, 1.5))
        .hasMessageContaining("least share from 0 to 1, got 1.5");
    assertThatThrownBy(
            () ->
                new StrongestActivationDescriptors(
                        new ScalarConvolutionEngine(),
                        network(),
                        ActivationOptions.DEFAULTS,
                        DescriptorOptions.DEFAULTS)
                    .describe(IMAGE, List.of()))
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
