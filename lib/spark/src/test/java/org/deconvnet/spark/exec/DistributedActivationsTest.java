package org.deconvnet.spark.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.network.Activation;
import org.deconvnet.network.adaptive.AdaptiveLayer;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.view.ImageActivation;
import org.deconvnet.view.StrongestImages;
import org.junit.jupiter.api.Test;

class DistributedActivationsTest {
  private static final Shape SHAPE = new Shape(1, 22, 26);
  private static final int SIDE = 5;
  private static final FilterBank FILTERS =
      FilterInitializer.gaussian(Connectivity.full(4, 1), SIDE, 1);
  private static final AdaptiveNetwork ONE_LAYER =
      AdaptiveNetwork.empty()
          .plus(new AdaptiveLayer(FILTERS, new PoolSize(2, 2, 1), 100, 60, 0.05));

  private record Image(String id, FeatureMaps pixels) {}

  /** A filter drawn into an empty image, its first pixel at a place. */
  private static Image planted(String id, int map, float strength, int row, int column) {
    FeatureMaps pixels = FeatureMaps.zeros(SHAPE);
    for (int i = 0; i < SIDE; i++) {
      for (int j = 0; j < SIDE; j++) {
        pixels.set(0, row + i, column + j, strength * FILTERS.get(map, 0, i, j));
      }
    }
    return new Image(id, pixels);
  }

  private static Dataset<Row> rows(List<Image> images, int partitions) {
    StructType schema =
        new StructType()
            .add("path", DataTypes.StringType, false)
            .add("image", FeatureMapsColumn.DENSE, false);
    List<Row> rows =
        images.stream()
            .map(i -> RowFactory.create(i.id, FeatureMapsColumn.toRow(i.pixels)))
            .toList();
    return LocalSpark.session().createDataFrame(rows, schema).repartition(partitions);
  }

  private static DistributedActivations<AdaptiveNetwork> activations(
      List<Image> images, AdaptiveNetwork network, int partitions) {
    return new DistributedActivations<>(rows(images, partitions), network, "scalar");
  }

  private static List<Image> planted() {
    return List.of(
        planted("weak", 2, 1, 3, 4),
        planted("strong", 2, -3, 12, 15),
        planted("twin-b", 2, 2, 6, 7),
        planted("twin-a", 2, 2, 6, 7),
        planted("other", 0, 2.5f, 9, 3));
  }

  @Test
  void plantedWinnersAreFoundWhereTheyAre() {
    StrongestImages best = activations(planted(), ONE_LAYER, 3).strongest(3);
    assertThat(best.of(1, 2))
        .extracting(ImageActivation::image)
        .containsExactly("strong", "twin-a", "twin-b");
    Activation strong = best.of(1, 2).get(0).activation();
    int width = SHAPE.width() + SIDE - 1;
    int plane = (SHAPE.height() + SIDE - 1) * width;
    // A map's entry reaches SIDE - 1 rows and columns back.
    assertThat(strong.index()).isEqualTo(2 * plane + (12 + SIDE - 1) * width + 15 + SIDE - 1);
    assertThat(strong.value()).isNegative();
    assertThat(best.of(1, 0).get(0).image()).isEqualTo("other");
  }

  @Test
  void aPlantedWinnersPictureIsItsPatch() {
    DistributedActivations<AdaptiveNetwork> activations = activations(planted(), ONE_LAYER, 2);
    StrongestImages best = activations.strongest(1);
    List<String> drawn =
        activations
            .drawn(
                best,
                (image, place, picture) ->
                    "%d %s %s"
                        .formatted(
                            place.map(),
                            image,
                            cosine(picture.patch(), picture.projection()) > 0.9999))
            .collect();
    assertThat(drawn).contains("2 strong true", "0 other true").hasSize(4);
  }

  private static double cosine(FeatureMaps a, FeatureMaps b) {
    return a.dot(b) / Math.sqrt(a.squaredNorm() * b.squaredNorm());
  }

  @Test
  void partitionsDoNotMatter() {
    Random random = new Random(2);
    AdaptiveNetwork two =
        ONE_LAYER.plus(
            new AdaptiveLayer(
                FilterInitializer.gaussian(Connectivity.full(6, 4), 3, 2),
                new PoolSize(2, 2, 1),
                20,
                5,
                0.01));
    List<Image> images = new ArrayList<>();
    for (int n = 0; n < 11; n++) {
      FeatureMaps pixels = EngineContract.maps(SHAPE, random);
      images.add(new Image("image" + n, pixels));
      images.add(new Image("copy of image" + n, pixels));
    }
    StrongestImages one = activations(images, two, 1).strongest(4);
    assertThat(one.of(2, 5)).hasSize(4);
    assertThat(one.of(2, 5).get(0).image()).isEqualTo("copy of " + one.of(2, 5).get(1).image());
    for (int partitions : new int[] {2, 5, 40}) {
      StrongestImages other = activations(images, two, partitions).strongest(4);
      assertThat(other.byImage()).isEqualTo(one.byImage());
    }
  }

  @Test
  void anImageThatDoesNotFitIsNamed() {
    Image colour = new Image("colour.png", FeatureMaps.zeros(SHAPE.withMaps(3)));
    assertThatThrownBy(() -> activations(List.of(colour), ONE_LAYER, 1).strongest(1))
        .hasStackTraceContaining("colour.png: ");
  }
}
