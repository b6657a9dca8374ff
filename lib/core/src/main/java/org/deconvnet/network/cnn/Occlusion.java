package org.deconvnet.network.cnn;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * What in an image a network needs: a grey square slides over the image, and a map's activity and a
 * class's probability are watched (Zeiler and Fergus, ECCV 2014, section 4.2). Runs a few places at
 * a time, as many as the sizes of image and layer allow. Thread-safe.
 */
public final class Occlusion {
  private static final int MOST_IMAGES = 16;

  /** Numbers of images and layer that are held at a time, about. */
  private static final int NUMBERS = 1 << 22;

  private final ForwardPass forward;
  private final String layer;
  private final ClassScores scores;
  private final OcclusionGrid grid;
  private final FeatureMaps grey;

  /**
   * @param forward keeps the layer and the scores
   * @param layer name of the watched tensor
   * @param grey (C, 1, 1), the square in the numbers of the network's input
   */
  public Occlusion(
      ForwardPass forward, String layer, ClassScores scores, OcclusionGrid grid, FeatureMaps grey) {
    this.forward = forward;
    this.layer = layer;
    this.scores = scores;
    this.grid = grid;
    this.grey = grey;
  }

  /**
   * Of a network's last layer.
   *
   * @throws org.deconvnet.tensor.UserErrorException if the network has no class scores, or the
   *     square is larger than its input
   */
  public static Occlusion of(CnnNetwork network, OcclusionOptions options) {
    ClassScores scores = ClassScores.of(network.graph());
    String layer = network.tensors().get(network.depth() - 1);
    Shape image = network.imageShape();
    return new Occlusion(
        network.forward(Stream.of(layer, scores.tensor()).distinct().toList()),
        layer,
        scores,
        new OcclusionGrid(options, image),
        network.scaling().toInput(network.grey()));
  }

  /**
   * @param input an image as the network wants it, (C, H, W)
   * @param watched map of the layer, from 0; none: the one with the strongest activation
   * @param label number of the class; none: the most probable one of the whole image
   */
  public OcclusionMaps of(FeatureMaps input, OptionalInt watched, OptionalInt label) {
    ForwardRecord whole = forward.run(List.of(input)).get(0);
    FeatureMaps activations = whole.value(layer);
    double[] probabilities = scores.probabilitiesOf(whole.value(scores.tensor()));
    int map = watched.orElseGet(() -> strongest(activations));
    int predicted = largest(probabilities);
    int shown = label.orElse(predicted);
    OcclusionMaps maps =
        new OcclusionMaps(
            grid,
            map,
            activity(activations, map),
            new double[grid.places()],
            shown,
            probabilities[shown],
            new double[grid.places()],
            predicted,
            new int[grid.places()]);
    long each = (long) input.shape().size() + activations.shape().size();
    int batch = ForwardPass.batch(MOST_IMAGES, NUMBERS, each);
    for (int from = 0; from < grid.places(); from += batch) {
      run(input, from, Math.min(grid.places(), from + batch), maps);
    }
    return maps;
  }

  private void run(FeatureMaps input, int from, int to, OcclusionMaps maps) {
    List<ForwardRecord> records =
        forward.run(
            IntStream.range(from, to).mapToObj(place -> grid.covered(input, grey, place)).toList());
    for (int place = from; place < to; place++) {
      ForwardRecord record = records.get(place - from);
      double[] probabilities = scores.probabilitiesOf(record.value(scores.tensor()));
      maps.activities()[place] = activity(record.value(layer), maps.map());
      maps.probabilities()[place] = probabilities[maps.label()];
      maps.classes()[place] = largest(probabilities);
    }
  }

  /** A map's sum over its places. */
  private static double activity(FeatureMaps layer, int map) {
    int plane = layer.shape().plane();
    double sum = 0;
    for (int i = map * plane; i < (map + 1) * plane; i++) {
      sum += layer.data()[i];
    }
    return sum;
  }

  private static int strongest(FeatureMaps layer) {
    int best = 0;
    for (int i = 1; i < layer.data().length; i++) {
      best = layer.data()[i] > layer.data()[best] ? i : best;
    }
    return best / layer.shape().plane();
  }

  private static int largest(double[] values) {
    return IntStream.range(0, values.length)
        .reduce((best, i) -> values[i] > values[best] ? i : best)
        .orElseThrow();
  }
}
