package org.deconvnet.network.adaptive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.Activation;
import org.deconvnet.network.ActivationPicture;
import org.deconvnet.network.FilterPictures;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.words.Count;

/**
 * What a feature map means in pixels: its strongest activation over some images, alone, carried
 * down through that image's own switches (Zeiler et al., ICCV 2011, figure 2). Sign and size of the
 * activation are kept. Not thread-safe.
 */
final class PixelProjection implements FilterPictures {
  private final ConvolutionEngine engine;
  private final AdaptiveNetwork network;
  private final List<FeatureMaps> images;

  /**
   * @param images preprocessed, (C, H, W)
   */
  PixelProjection(ConvolutionEngine engine, AdaptiveNetwork network, List<FeatureMaps> images) {
    this.engine = engine;
    this.network = network;
    this.images = List.copyOf(images);
  }

  /**
   * One picture a map of the layer, cut to the pixels that an activation can reach; one zero for a
   * map that no image excites.
   */
  @Override
  public List<FeatureMaps> of(int number) {
    AdaptiveActivations activations = new AdaptiveActivations(engine, network.upTo(number));
    int maps = network.layer(number).filters().maps();
    int channels = network.layer(1).filters().channels();
    float[] best = new float[maps];
    List<FeatureMaps> pictures =
        new ArrayList<>(Collections.nCopies(maps, FeatureMaps.zeros(new Shape(channels, 1, 1))));
    for (FeatureMaps image : images) {
      activations.infer(image);
      List<Activation> strongest = activations.strongestOfMaps(number);
      for (int map = 0; map < maps; map++) {
        Activation activation = strongest.get(map);
        if (activation.strength() > best[map]) {
          best[map] = activation.strength();
          pictures.set(
              map, ActivationPicture.of(activations, image, number, activation).projection());
        }
      }
    }
    return pictures;
  }

  @Override
  public String caption(int number) {
    return ("The %s of layer %d in pixels: the strongest activation of each over %s,"
            + " alone, through its own switches. Each tile has its own scale; grey is zero.")
        .formatted(
            Count.of(network.layer(number).filters().maps(), "map"),
            number,
            Count.of(images.size(), "image"));
  }
}
