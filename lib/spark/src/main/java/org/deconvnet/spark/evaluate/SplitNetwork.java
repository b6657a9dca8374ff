package org.deconvnet.spark.evaluate;

import java.util.Optional;
import org.apache.spark.ml.Transformer;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.Layers;
import org.deconvnet.spark.exec.TrainedNetwork;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.ml.OnnxNetwork;
import org.deconvnet.spark.store.StageCache;

/**
 * The network that a split takes its features from.
 *
 * @param stage adds a column a layer
 * @param training of a network of this program, be it learned in this run or not; empty for one of
 *     a file
 */
public record SplitNetwork(
    Transformer stage, Layers network, Optional<TrainedNetwork<?>> training) {

  /** Learned in this run, or found in its cache. */
  public static SplitNetwork of(StageCache.Learned learned) {
    return new SplitNetwork(
        learned.model(), learned.model().network(), Optional.of(learned.training()));
  }

  /** Of a model that another run has learned. */
  public static SplitNetwork of(LayeredModel<?, ?> model) {
    String engine = ConvolutionEngines.resolve(model.getEngine());
    return new SplitNetwork(
        model, model.network(), Optional.of(TrainedNetwork.fromElsewhere(model.network(), engine)));
  }

  /** Of a file. */
  public static SplitNetwork of(OnnxNetwork network) {
    return new SplitNetwork(network, network.network(), Optional.empty());
  }
}
