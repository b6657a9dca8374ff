package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deconvnet.network.adaptive.AdaptiveLayer;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.spark.config.AdaptiveSettings;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The shipped four-layer configuration against the table of Zeiler et al., ICCV 2011. A layer over
 * an input of side n has maps of side n + 6, since its 7 × 7 filters reconstruct by a valid
 * convolution; blocks of three leave ⌈(n + 6) / 3⌉ of it, and the pooled maps are the next layer's
 * input.
 */
class PaperTableTest {
  private static final Path CONF = Path.of(System.getProperty("deconvnet.root"), "conf");

  private static AdaptiveNetwork network;

  /** For each layer, z and p of a grey image of 150 × 150. */
  private static final List<Shape> MAPS = new ArrayList<>();

  private static final List<Shape> POOLED = new ArrayList<>();

  @BeforeAll
  static void readTheShippedFile() throws IOException {
    network = AdaptiveNetwork.empty();
    int channels = 1;
    Shape input = new Shape(1, 150, 150);
    for (AdaptiveOptions settings : settings("caltech101-adn.yaml").layers()) {
      AdaptiveLayer layer = layer(settings, channels);
      network = network.plus(layer);
      MAPS.add(layer.mapShape(input));
      POOLED.add(layer.pooledShape(input));
      input = layer.pooledShape(input);
      channels = layer.pooledMaps();
    }
  }

  private static AdaptiveSettings settings(String file) throws IOException {
    try (InputStream in = Files.newInputStream(CONF.resolve(file))) {
      return (AdaptiveSettings) ConfigLoader.parse(file, in).network();
    }
  }

  private static AdaptiveLayer layer(AdaptiveOptions settings, int channels) {
    return new AdaptiveLayer(
        FilterBank.zeros(Connectivity.full(settings.maps(), channels), settings.filterSide()),
        settings.pool(),
        settings.lambda(),
        settings.iterations(),
        1);
  }

  @Test
  void featureMapsAreAsLargeAsInThePaper() {
    assertThat(MAPS)
        .containsExactly(
            new Shape(15, 156, 156),
            new Shape(50, 58, 58),
            new Shape(100, 26, 26),
            new Shape(150, 15, 15));
  }

  @Test
  void pooledMapsAreAsLargeAsInThePaper() {
    assertThat(POOLED)
        .containsExactly(
            new Shape(5, 52, 52), new Shape(25, 20, 20), new Shape(50, 9, 9), new Shape(150, 5, 5));
  }

  /** The published count of a layer is that of its feature maps and its pooled maps together. */
  @Test
  void featureMapsAndPooledMapsTogetherHoldThePublishedNumbers() {
    List<Integer> numbers = new ArrayList<>();
    for (int l = 0; l < MAPS.size(); l++) {
      numbers.add(MAPS.get(l).size() + POOLED.get(l).size());
    }
    assertThat(numbers).containsExactly(378_560, 178_200, 71_650, 37_500);
  }

  /** The paper counts 7,350 in layer 2, three of the five inputs a map; here all five connect. */
  @Test
  void filtersHoldThePublishedNumbers() {
    assertThat(network.layers())
        .map(layer -> layer.filters().data().length)
        .containsExactly(735, 12_250, 122_500, 367_500);
  }

  @Test
  void theTenClassVariantHasTheSameLayersOverFewerImages() throws IOException {
    AdaptiveSettings published = settings("caltech101-adn.yaml");
    AdaptiveSettings daily = settings("caltech101-adn-10.yaml");
    assertThat(daily.images()).isBetween(1, 200);
    assertThat(daily.layers())
        .map(PaperTableTest::shape)
        .isEqualTo(published.layers().stream().map(PaperTableTest::shape).toList());
  }

  private static List<Integer> shape(AdaptiveOptions layer) {
    return List.of(layer.maps(), layer.filterSide(), layer.pool().rows(), layer.pool().maps());
  }
}
