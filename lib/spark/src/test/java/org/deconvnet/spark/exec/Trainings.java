package org.deconvnet.spark.exec;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.adaptive.AdaptiveImage;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.adaptive.AdaptiveNetworkLearning;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalImage;
import org.deconvnet.network.deconvolutional.DeconvolutionalNetworkLearning;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;

/** Training of both networks, as the estimators start it. */
record Trainings(
    JavaSparkContext context,
    String engine,
    long seed,
    TrainingListener listener,
    Checkpointing where) {
  Trainings(JavaSparkContext context, String engine, long seed, TrainingListener listener) {
    this(context, engine, seed, listener, Checkpointing.NONE);
  }

  TrainedNetwork<AdaptiveNetwork> adaptive(
      JavaRDD<AdaptiveImage> images, List<AdaptiveOptions> layers, int partitions) {
    return new LayerwiseTraining(context, engine, listener, where)
        .train(
            images,
            partitions,
            AdaptiveNetworkLearning.of(layers, new BreezeConjugateGradient(), seed));
  }

  TrainedNetwork<DeconvolutionalStack> deconvolutional(
      JavaRDD<DeconvolutionalImage> images, List<DeconvolutionalOptions> layers, int partitions) {
    return new LayerwiseTraining(context, engine, listener, where)
        .train(
            images,
            partitions,
            DeconvolutionalNetworkLearning.of(layers, 1, BreezeFilterStep::of, seed));
  }
}
