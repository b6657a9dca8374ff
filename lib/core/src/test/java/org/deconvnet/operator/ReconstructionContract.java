package org.deconvnet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.solve.reference.MaxPool3d;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

/** Linear maps and their adjoints belong together, whichever engine carries them. */
public abstract class ReconstructionContract {
  protected abstract ConvolutionEngine engine();

  @Test
  void adjointThroughFourSmallLayers() {
    adjointUnderFixedSwitches(new int[] {4, 5, 6, 3}, 5, new Shape(1, 23, 31));
  }

  @Test
  void adjointThroughTheLayersOfThePaper() {
    adjointUnderFixedSwitches(new int[] {15, 50, 100, 150}, 7, new Shape(1, 61, 40));
  }

  private void adjointUnderFixedSwitches(int[] maps, int side, Shape image) {
    Random random = new Random(13);
    List<PoolSize> pools = pools(2, 2, 2);
    List<FilterBank> filters = filters(maps, pools, side);
    List<Switches> switches = randomSwitches(filters, pools, image, random);
    Reconstruction r = new Reconstruction(engine(), filters, pools, switches, image);
    adjoint(r, random);

    FilterBank top = filters.get(3);
    FeatureMaps z = EngineContract.maps(r.domain(), random);
    FeatureMaps y = EngineContract.maps(image, random);
    FeatureMaps rz = FeatureMaps.zeros(image);
    r.apply(z, rz);
    FilterBank gradient = FilterBank.zeros(top.connectivity(), top.side());
    int[] all = IntStream.range(0, z.data().length).toArray();
    r.filterGradientEntries(all, z.data(), y, gradient);
    double form = 0;
    for (int i = 0; i < gradient.data().length; i++) {
      form += (double) gradient.data()[i] * top.data()[i];
    }
    double scale = Math.sqrt(rz.squaredNorm() * y.squaredNorm());
    assertThat(form).isCloseTo(rz.dot(y), within(1e-5 * scale));
  }

  @Test
  void oneBankOfFilters() {
    FilterBank f = FilterInitializer.gaussian(Connectivity.full(6, 3), 5, 2);
    adjoint(new Synthesis(engine(), f, new Shape(3, 17, 22)), new Random(3));
  }

  private static void adjoint(LinearMap a, Random random) {
    FeatureMaps z = EngineContract.maps(a.domain(), random);
    FeatureMaps y = EngineContract.maps(a.range(), random);
    FeatureMaps az = FeatureMaps.zeros(a.range());
    FeatureMaps aty = FeatureMaps.zeros(a.domain());
    a.apply(z, az);
    a.adjoint(y, aty);
    double scale = Math.sqrt(az.squaredNorm() * y.squaredNorm());
    assertThat(z.dot(aty)).isCloseTo(az.dot(y), within(1e-5 * scale));
    assertThat(z.dot(aty)).isNotZero();
    entries(a, random);
  }

  /** A map's own way with entries gives what the plain one gives. */
  private static void entries(LinearMap a, Random random) {
    int size = a.domain().size();
    int[] index = random.ints(0, size).distinct().limit(size / 5).sorted().toArray();
    float[] values = new float[index.length];
    for (int e = 0; e < values.length; e++) {
      values[e] = e % 4 == 0 ? 0 : (float) random.nextGaussian();
    }
    FeatureMaps got = FeatureMaps.zeros(a.range());
    FeatureMaps expected = FeatureMaps.zeros(a.range());
    a.applyEntries(index, values, got);
    plain(a).applyEntries(index, values, expected);
    assertThat(expected.squaredNorm()).isPositive();
    assertThat(got.squaredDistance(expected)).isLessThan(1e-9 * expected.squaredNorm());
  }

  private static LinearMap plain(LinearMap a) {
    return new LinearMap() {
      @Override
      public Shape domain() {
        return a.domain();
      }

      @Override
      public Shape range() {
        return a.range();
      }

      @Override
      public void apply(FeatureMaps z, FeatureMaps image) {
        a.apply(z, image);
      }

      @Override
      public void adjoint(FeatureMaps r, FeatureMaps z) {
        a.adjoint(r, z);
      }
    };
  }

  static List<PoolSize> pools(int... maps) {
    List<PoolSize> pools = new ArrayList<>();
    for (int count : maps) {
      pools.add(new PoolSize(3, 3, count));
    }
    return pools;
  }

  /** Of layers on each other, the lowest of one channel. */
  static List<FilterBank> filters(int[] maps, List<PoolSize> pools, int side) {
    List<FilterBank> filters = new ArrayList<>();
    int channels = 1;
    for (int l = 0; l < maps.length; l++) {
      filters.add(FilterInitializer.gaussian(Connectivity.full(maps[l], channels), side, l));
      if (l < pools.size()) {
        channels = pools.get(l).pooled(new Shape(maps[l], 1, 1)).maps();
      }
    }
    return filters;
  }

  private static List<Switches> randomSwitches(
      List<FilterBank> filters, List<PoolSize> pools, Shape image, Random random) {
    List<Switches> all = new ArrayList<>();
    Shape input = image;
    for (int l = 0; l < pools.size(); l++) {
      FeatureMaps z = EngineContract.maps(filters.get(l).mapShape(input), random);
      input = pools.get(l).pooled(z.shape());
      Switches s = Switches.allocate(input, z.shape());
      MaxPool3d.pool(pools.get(l), z, FeatureMaps.zeros(input), s);
      all.add(s);
    }
    return all;
  }
}
