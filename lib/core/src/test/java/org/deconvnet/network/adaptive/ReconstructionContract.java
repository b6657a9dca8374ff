package org.deconvnet.network.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.operator.MaxPool3d;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Switches;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

/** R and Rᵀ are adjoint through four layers, whichever engine carries them. */
public abstract class ReconstructionContract {
  protected abstract ConvolutionEngine engine();

  @Test
  void adjointThroughFourSmallLayers() {
    AdaptiveNetwork net = network(4, new int[] {4, 5, 6, 3}, new int[] {2, 2, 2, 1}, 5);
    adjointUnderFixedSwitches(net, new Shape(1, 23, 31));
  }

  @Test
  void adjointThroughTheLayersOfThePaper() {
    AdaptiveNetwork net = network(4, new int[] {15, 50, 100, 150}, new int[] {3, 2, 2, 1}, 7);
    adjointUnderFixedSwitches(net, new Shape(1, 61, 40));
  }

  private void adjointUnderFixedSwitches(AdaptiveNetwork net, Shape image) {
    Random random = new Random(13);
    List<Switches> switches = randomSwitches(net.upTo(3), image, random);
    Reconstruction r =
        new Reconstruction(engine(), net.upTo(3), net.layer(4).filters(), switches, image);
    FeatureMaps z = EngineContract.maps(r.mapShape(), random);
    FeatureMaps y = EngineContract.maps(image, random);
    FeatureMaps rz = FeatureMaps.zeros(image);
    FeatureMaps rty = FeatureMaps.zeros(z.shape());
    r.apply(z, rz);
    r.adjoint(y, rty);
    double scale = Math.sqrt(rz.squaredNorm() * y.squaredNorm());
    assertThat(z.dot(rty)).isCloseTo(rz.dot(y), within(1e-5 * scale));

    assertThat(z.dot(rty)).isNotZero();

    FilterBank gradient =
        FilterBank.zeros(net.layer(4).filters().connectivity(), net.layer(4).filters().side());
    r.filterGradient(z, y, gradient);
    double form = 0;
    for (int i = 0; i < gradient.data().length; i++) {
      form += (double) gradient.data()[i] * net.layer(4).filters().data()[i];
    }
    assertThat(form).isCloseTo(rz.dot(y), within(1e-5 * scale));
  }

  static AdaptiveNetwork network(int depth, int[] maps, int[] pooled, int side) {
    List<AdaptiveLayer> layers = new ArrayList<>();
    int channels = 1;
    for (int l = 0; l < depth; l++) {
      FilterBank f = FilterInitializer.gaussian(Connectivity.full(maps[l], channels), side, l);
      layers.add(new AdaptiveLayer(f, new PoolSize(3, 3, pooled[l]), 1, 10, 0.01));
      channels = (maps[l] + pooled[l] - 1) / pooled[l];
    }
    return new AdaptiveNetwork(layers);
  }

  private static List<Switches> randomSwitches(AdaptiveNetwork net, Shape image, Random random) {
    List<Switches> all = new ArrayList<>();
    Shape input = image;
    for (AdaptiveLayer layer : net.layers()) {
      FeatureMaps z = EngineContract.maps(layer.mapShape(input), random);
      Shape pooled = layer.pooledShape(input);
      Switches s = Switches.allocate(pooled, z.shape());
      MaxPool3d.pool(layer.pool(), z, FeatureMaps.zeros(pooled), s);
      all.add(s);
      input = pooled;
    }
    return all;
  }
}
