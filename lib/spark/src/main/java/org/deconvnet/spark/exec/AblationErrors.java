package org.deconvnet.spark.exec;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.adaptive.Ablation;
import org.deconvnet.network.adaptive.AdaptiveInference.LayerResult;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.sums.FixedPointSum;
import org.deconvnet.tensor.FeatureMaps;

/**
 * How well each layer of a network reconstructs images under an ablation: Σ‖R p − y‖² / Σ‖y‖² over
 * all of them, so an image counts by its energy. Sums are exact: partitions do not change a bit.
 */
public final class AblationErrors {
  private AblationErrors() {}

  /**
   * An image and the one that an ablation may take switches from.
   *
   * @param image preprocessed, (C, H, W)
   */
  public record ImagePair(FeatureMaps image, FeatureMaps another) implements Serializable {}

  /**
   * What a layer's code makes of all images.
   *
   * @param relativeError NaN if all images are zero
   * @param nonZeros entries of the code that are not zero, on average over the images
   */
  public record LayerFit(double relativeError, double nonZeros) {}

  /**
   * @param network as {@link Ablation#of} wants it
   * @param engine an engine's name, or "auto"
   * @return one a layer, from layer 1 up
   */
  public static List<LayerFit> of(
      JavaRDD<ImagePair> images, AdaptiveNetwork network, Ablation ablation, String engine) {
    Broadcast<AdaptiveNetwork> shared =
        JavaSparkContext.fromSparkContext(images.context()).broadcast(network);
    String name = ConvolutionEngines.resolve(engine);
    FixedPointSum sums =
        PartialSums.merged(images, part -> sums(part, shared.value(), ablation, name));
    int depth = network.depth();
    return IntStream.range(0, depth)
        .mapToObj(
            l ->
                new LayerFit(
                    sums.get(l) / sums.get(2 * depth),
                    sums.get(depth + l) / sums.get(2 * depth + 1)))
        .toList();
  }

  /** ‖R p − y‖² of each layer, the non-zeros of each, ‖y‖², images. */
  private static Iterator<FixedPointSum> sums(
      Iterator<ImagePair> images, AdaptiveNetwork network, Ablation ablation, String engine) {
    Ablation.Inference inference = ablation.of(ConvolutionEngines.create(engine), network);
    int depth = network.depth();
    FixedPointSum sums = new FixedPointSum(2 * depth + 2);
    images.forEachRemaining(
        pair -> {
          List<LayerResult> layers = inference.infer(pair.image(), pair.another());
          for (int l = 0; l < depth; l++) {
            sums.add(l, pair.image().squaredDistance(layers.get(l).reconstruction()));
            sums.add(depth + l, layers.get(l).code().pooled().nonZeros());
          }
          sums.add(2 * depth, pair.image().squaredNorm());
          sums.add(2 * depth + 1, 1.0);
        });
    return List.of(sums).iterator();
  }
}
