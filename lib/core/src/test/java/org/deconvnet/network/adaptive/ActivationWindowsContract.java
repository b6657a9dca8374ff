package org.deconvnet.network.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.operator.Reconstruction;
import org.deconvnet.operator.Switches;
import org.deconvnet.solve.reference.MaxPool3d;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One activation alone equals the dense reconstruction of a code that is zero but for it. */
public abstract class ActivationWindowsContract {
  protected abstract ConvolutionEngine engine();

  @ParameterizedTest
  @CsvSource({
    "1,23,31,5",
    "1,40,29,7",
    "2,23,31,5",
    "2,58,41,7",
    "3,29,46,5",
    "3,61,74,3",
    "4,61,40,5",
    "4,75,110,3"
  })
  void equalsTheDenseReconstruction(int depth, int height, int width, int side) {
    Random random = new Random(depth * 31L + height);
    Shape image = new Shape(2, height, width);
    AdaptiveNetwork net = network(depth, side, 2);
    List<Switches> lower = switches(net.upTo(depth - 1), image, random);
    FilterBank top = net.layer(depth).filters();
    Reconstruction dense = net.upTo(depth - 1).reconstruction(engine(), top, lower, image);
    ActivationWindows windows = new ActivationWindows(engine(), net, lower, image);
    for (int index : places(dense.domain(), random)) {
      float value = (float) random.nextGaussian();
      FeatureMaps z = FeatureMaps.zeros(dense.domain());
      z.data()[index] = value;

      same(windows.inFirstLayer(index, value), dense.inFirstLayer(z));
      FeatureMaps pixels = FeatureMaps.zeros(image);
      dense.apply(z, pixels);
      same(windows.inPixels(index, value), pixels);
      FeatureMaps input = FeatureMaps.zeros(top.imageShape(z.shape()));
      engine().synthesize(top, z, input);
      same(windows.inInput(index, value), input);
    }
  }

  /** Corners, borders and the inside, each in some map. */
  private static List<Integer> places(Shape maps, Random random) {
    List<Integer> places = new ArrayList<>();
    for (int row : new int[] {0, 1, maps.height() / 2, maps.height() - 1}) {
      for (int column : new int[] {0, maps.width() / 2, maps.width() - 2, maps.width() - 1}) {
        int map = random.nextInt(maps.maps());
        places.add((map * maps.height() + row) * maps.width() + column);
      }
    }
    return places;
  }

  private static void same(MapWindow window, FeatureMaps expected) {
    FeatureMaps whole = window.whole();
    assertThat(whole.shape()).isEqualTo(expected.shape());
    double scale = Math.sqrt(expected.squaredNorm());
    // An activation in a corner may add nothing to the pixels, for its filter is cut off there.
    for (int i = 0; i < whole.data().length; i++) {
      assertThat(whole.data()[i]).isCloseTo(expected.data()[i], within((float) (1e-5 * scale)));
    }
  }

  /** An activation reaches few of the numbers: the windows of lower layers are small. */
  @Test
  void windowsAreAsLargeAsTheReach() {
    Shape image = new Shape(2, 90, 84);
    AdaptiveNetwork net = network(3, 5, 2);
    List<Switches> lower = switches(net.upTo(2), image, new Random(3));
    ActivationWindows windows = new ActivationWindows(engine(), net, lower, image);
    Shape z = net.layer(3).mapShape(lower.get(1).pooled());
    int middle = z.height() / 2 * z.width() + z.width() / 2;
    // 5 of layer 2's pooled rows, 15 of its maps, 19 pooled rows of layer 1, 57 of its maps.
    MapWindow first = windows.inFirstLayer(middle, 1);
    assertThat(first.values().shape()).isEqualTo(new Shape(5, 57, 57));
    assertThat(windows.fieldInPixels(middle).height()).isEqualTo(61);
    assertThat(windows.fieldInPixels(0)).isEqualTo(new ReceptiveField(-52, -52, 61, 61));
    assertThat(windows.inPixels(0, 1).values().shape()).isEqualTo(new Shape(2, 9, 9));
  }

  @Test
  void anotherImagesSwitchesTakeOver() {
    Shape image = new Shape(2, 33, 38);
    AdaptiveNetwork net = network(2, 5, 2);
    List<Switches> one = switches(net.upTo(1), image, new Random(1));
    List<Switches> other = switches(net.upTo(1), image, new Random(2));
    ActivationWindows windows = new ActivationWindows(engine(), net, one, image);
    int place = 5 * net.layer(2).mapShape(one.get(0).pooled()).width() + 6;
    float[] before = windows.inFirstLayer(place, 1).values().data();
    windows.use(other);
    float[] after = windows.inFirstLayer(place, 1).values().data();
    assertThat(after).isNotEqualTo(before);
    assertThat(after)
        .containsExactly(
            new ActivationWindows(engine(), net, other, image)
                .inFirstLayer(place, 1)
                .values()
                .data());
    assertThatThrownBy(() -> windows.use(List.of()))
        .hasMessageContaining("switches of the layers below: expected 1, got 0");
  }

  /** Layers above the first connect every map to some of the pooled maps only. */
  static AdaptiveNetwork network(int depth, int side, int imageChannels) {
    int[] maps = {5, 6, 7, 4};
    int[] pooled = {2, 2, 1, 1};
    List<AdaptiveLayer> layers = new ArrayList<>();
    int channels = imageChannels;
    for (int l = 0; l < depth; l++) {
      Connectivity connectivity =
          l == 0 ? Connectivity.full(maps[l], channels) : partial(maps[l], channels);
      FilterBank f = FilterInitializer.gaussian(connectivity, side, l);
      AdaptiveLayer layer = new AdaptiveLayer(f, new PoolSize(3, 3, pooled[l]), 1, 10, 0.01);
      layers.add(layer);
      channels = layer.pooledMaps();
    }
    return new AdaptiveNetwork(layers);
  }

  private static Connectivity partial(int maps, int channels) {
    boolean[][] table = new boolean[maps][channels];
    for (int k = 0; k < maps; k++) {
      table[k][k % channels] = true;
      table[k][(k + 1) % channels] = true;
    }
    return Connectivity.of(table);
  }

  static List<Switches> switches(AdaptiveNetwork net, Shape image, Random random) {
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
