package org.deconvnet.spark.exec;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.ActivationPicture;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.network.Layers;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;
import org.deconvnet.view.ActivationSurvey;
import org.deconvnet.view.StrongestImages;
import org.deconvnet.view.StrongestImages.Place;

/**
 * The images that excite each map of a network most, found in one pass over a corpus. What a task
 * holds and what crosses the network follows layers, maps and how many are kept, not the images;
 * the result does not depend on partitions.
 *
 * @param images columns path and image
 * @param engine of the convolutions: auto, vector or scalar
 */
public record DistributedActivations<N extends Layers>(
    Dataset<Row> images, N network, String engine) {
  /** What a task makes of a picture, where the image is. */
  public interface Drawing<T> extends Serializable {
    T draw(String image, Place place, ActivationPicture picture);
  }

  /**
   * Runs the pass now.
   *
   * @param most images to keep for a map
   */
  public StrongestImages strongest(int most) {
    return collect(() -> new StrongestImages(most), StrongestImages::offer, StrongestImages::merge);
  }

  /**
   * As {@link #strongest}, and how sparse the codes are. Holds a number an image and layer: for a
   * sample of a corpus.
   */
  public ActivationSurvey survey(int most) {
    return collect(
        () -> new ActivationSurvey(most), ActivationSurvey::offer, ActivationSurvey::merge);
  }

  /** Makes what a task collects in. */
  private interface Empty<T> extends Serializable {
    T make();
  }

  /** Takes in the activations of an image. */
  private interface Offer<T> extends Serializable {
    void to(T collected, String image, LayerActivations activations);
  }

  private <T> T collect(Empty<T> empty, Offer<T> offer, Function2<T, T, T> merge) {
    String name = ConvolutionEngines.resolve(engine);
    Broadcast<N> shared = context().broadcast(network);
    try {
      return rows()
          .mapPartitions(part -> collected(part, activations(shared, name), empty.make(), offer))
          .treeReduce(merge);
    } finally {
      shared.unpersist(false);
    }
  }

  private static <T> Iterator<T> collected(
      Iterator<Row> rows, LayerActivations activations, T collected, Offer<T> offer) {
    rows.forEachRemaining(
        row -> {
          infer(activations, row);
          offer.to(collected, row.getString(0), activations);
        });
    return List.of(collected).iterator();
  }

  /**
   * Draws each activation that was kept. Only images that have one are inferred again. A task holds
   * its results, at most as many as were kept.
   *
   * @return one result an activation, in no order; worked out when asked for
   */
  public <T> JavaRDD<T> drawn(StrongestImages best, Drawing<T> drawing) {
    String name = ConvolutionEngines.resolve(engine);
    Broadcast<N> shared = context().broadcast(network);
    Broadcast<Map<String, List<Place>>> places = context().broadcast(best.byImage());
    return rows()
        .filter(row -> places.value().containsKey(row.getString(0)))
        .mapPartitions(part -> drawn(part, activations(shared, name), places.value(), drawing));
  }

  private static <T> Iterator<T> drawn(
      Iterator<Row> rows,
      LayerActivations activations,
      Map<String, List<Place>> places,
      Drawing<T> drawing) {
    List<T> all = new ArrayList<>();
    rows.forEachRemaining(
        row -> {
          String id = row.getString(0);
          FeatureMaps image = infer(activations, row);
          for (Place place : places.get(id)) {
            ActivationPicture picture =
                ActivationPicture.of(activations, image, place.layer(), place.activation());
            all.add(drawing.draw(id, place, picture));
          }
        });
    return all.iterator();
  }

  private static <N extends Layers> LayerActivations activations(
      Broadcast<N> network, String engine) {
    return network.value().activations(ConvolutionEngines.create(engine));
  }

  private static FeatureMaps infer(LayerActivations activations, Row row) {
    FeatureMaps image = FeatureMapsColumn.fromRow(row.getStruct(1));
    try {
      activations.infer(image);
      return image;
    } catch (IllegalArgumentException e) {
      throw UserErrorException.of(row.getString(0), e);
    } catch (SolverDivergedException e) {
      throw e.inImage(row.getString(0));
    }
  }

  private JavaRDD<Row> rows() {
    return images.select("path", "image").toJavaRDD();
  }

  private JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(images.sparkSession().sparkContext());
  }
}
