package org.deconvnet.spark.page;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.network.Network;
import org.deconvnet.page.Tile;
import org.deconvnet.spark.evaluate.FeatureLearning;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.exec.DistributedActivations;
import org.deconvnet.spark.exec.TrainedNetwork;
import org.deconvnet.view.ActivationSurvey;
import org.deconvnet.words.Count;

/**
 * What a report shows of a network's codes: the strongest activations of some maps, and how sparse
 * the codes are, of a sample of the images. The verb visualize shows all maps and looks at all
 * images.
 *
 * @param layers tiles of each layer from the first on, one a map
 */
public record ActivationTiles(ActivationSurvey survey, List<List<Tile>> layers) {
  /** Inference takes a second an image for large networks: a report must not take long. */
  private static final int IMAGES = 100;

  private static final int MAPS = 18;
  private static final int MOST = 4;

  /**
   * Runs two passes over the sample.
   *
   * @param ids images to draw the sample from
   */
  public static <N extends Network> ActivationTiles of(
      TrainedNetwork<N> trained, PreparedCorpus prepared, List<String> ids, long seed) {
    DistributedActivations<N> activations =
        new DistributedActivations<>(
            FeatureLearning.only(prepared.images(), FeatureLearning.sample(ids, IMAGES, seed + 3)),
            trained.network(),
            trained.engine());
    ActivationSurvey survey = activations.survey(MOST);
    List<List<Tile>> layers = new ArrayList<>();
    try (MapPictures pictures = MapPictures.of(activations, survey.best().ofFirst(MAPS), MOST)) {
      for (int number = 1; number <= trained.network().depth(); number++) {
        layers.add(tiles(pictures, number));
      }
    }
    return new ActivationTiles(survey, layers);
  }

  private static List<Tile> tiles(MapPictures pictures, int number) {
    List<Tile> tiles = new ArrayList<>();
    pictures
        .small(number)
        .forEach(
            (map, picture) ->
                tiles.add(
                    new Tile(
                        picture,
                        "Map %d: its strongest activations, and the patches of the images there"
                            .formatted(map),
                        List.of("map " + map))));
    return tiles;
  }

  List<Tile> of(int number) {
    return layers.get(number - 1);
  }

  String caption(int number) {
    int maps = survey.best().maps(number);
    return ("Each map's strongest activations in pixels, at most %d, and at their right what the"
            + " images show there; from %s.%s Each small picture has its own scale; grey is zero.")
        .formatted(
            MOST,
            Count.of(survey.images(), "image"),
            maps > MAPS ? " The first %d of %d maps.".formatted(MAPS, maps) : "");
  }
}
