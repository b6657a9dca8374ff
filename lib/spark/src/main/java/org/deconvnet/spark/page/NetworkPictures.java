package org.deconvnet.spark.page;

import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.spark.exec.TrainedNetwork;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.view.DeconvolutionalPictures;
import org.deconvnet.view.PixelProjection;
import org.deconvnet.words.Count;

/** What a report shows of a network, whichever kind it is. */
interface NetworkPictures {
  /** One picture in pixels for each map of a layer, from 1. */
  List<FeatureMaps> filters(int number);

  /** What these pictures are. */
  String caption(int number);

  /**
   * @param images some of the corpus, preprocessed
   */
  static NetworkPictures of(TrainedNetwork<?> trained, List<FeatureMaps> images) {
    ConvolutionEngine engine = ConvolutionEngines.create(trained.engine());
    if (trained.network() instanceof DeconvolutionalStack stack) {
      return new OfStack(stack, new DeconvolutionalPictures(engine, stack));
    }
    AdaptiveNetwork network = (AdaptiveNetwork) trained.network();
    return new OfAdaptiveNetwork(network, images, new PixelProjection(engine, network));
  }

  /** The 2010 network: filters carried down to pixels. */
  record OfStack(DeconvolutionalStack stack, DeconvolutionalPictures pictures)
      implements NetworkPictures {
    @Override
    public List<FeatureMaps> filters(int number) {
      return pictures.filters(number);
    }

    @Override
    public String caption(int number) {
      return "The %s of layer %d, carried down to pixels. Each tile has its own scale; grey is zero."
          .formatted(Count.of(stack.layer(number).filters().maps(), "filter"), number);
    }
  }

  /** The 2011 network: its filters reach pixels through the switches of images. */
  record OfAdaptiveNetwork(
      AdaptiveNetwork network, List<FeatureMaps> images, PixelProjection projection)
      implements NetworkPictures {
    @Override
    public List<FeatureMaps> filters(int number) {
      return projection.project(images, number);
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
}
