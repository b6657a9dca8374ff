package org.deconvnet.spark.exec;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.adaptive.AdaptiveImage;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.adaptive.AdaptiveNetworkLearning;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.network.csc.CscImage;
import org.deconvnet.network.csc.CscNetwork;
import org.deconvnet.network.csc.CscNetworkLearning;
import org.deconvnet.network.csc.CscOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalImage;
import org.deconvnet.network.deconvolutional.DeconvolutionalNetworkLearning;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.network.patches.PatchesImage;
import org.deconvnet.network.patches.PatchesNetwork;
import org.deconvnet.network.patches.PatchesNetworkLearning;
import org.deconvnet.network.patches.PatchesOptions;

/** Training of every family, as the estimators start it. */
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

  TrainedNetwork<CscNetwork> csc(JavaRDD<CscImage> images, CscOptions options, int partitions) {
    return new LayerwiseTraining(context, engine, listener, where)
        .train(images, partitions, CscNetworkLearning.of(options, seed));
  }

  TrainedNetwork<PatchesNetwork> patches(
      JavaRDD<PatchesImage> images, PatchesOptions options, int partitions) {
    return new LayerwiseTraining(context, engine, listener, where)
        .train(
            images, partitions, PatchesNetworkLearning.of(options, new BreezeEigensolver(), seed));
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
