package org.deconvnet.spark.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.learn.LayerLearning;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.Learner;
import org.deconvnet.learn.LocalBatch;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.NetworkLearning;
import org.deconvnet.network.adaptive.AdaptiveCoder;
import org.deconvnet.network.adaptive.AdaptiveCoding;
import org.deconvnet.network.adaptive.AdaptiveImage;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.adaptive.AdaptiveNetworkLearning;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class AdaptiveTrainingTest {
  private static final long SEED = 5;
  static final List<AdaptiveOptions> LAYERS =
      List.of(
          new AdaptiveOptions(4, 5, new PoolSize(2, 2, 2), 4, 5, 2, 4, 2, 0),
          new AdaptiveOptions(6, 3, new PoolSize(2, 2, 1), 2, 5, 2, 4, 2, 0));
  private static final JavaSparkContext CONTEXT =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());

  @Test
  void anyPartitioningGivesTheBitsOfTheSingleJvm() {
    String local = trainLocally(images()).fingerprint();
    for (int partitions : new int[] {1, 2, 5, 7}) {
      TrainedNetwork<AdaptiveNetwork> trained = train(images(), partitions);
      assertThat(trained.network().fingerprint()).as("%d partitions", partitions).isEqualTo(local);
      assertThat(trained.last()).hasSize(2);
      assertThat(trained.last().get(1).images()).isEqualTo(images().size());
    }
  }

  @Test
  void nothingStaysPersistedAfterwards() {
    int before = CONTEXT.getPersistentRDDs().size();
    train(images(), 2);
    assertThat(CONTEXT.getPersistentRDDs()).hasSize(before);
  }

  @Test
  void noImageIsAnError() {
    assertThatThrownBy(() -> train(List.of(), 2))
        .hasMessageContaining("expected at least one image");
  }

  private static TrainedNetwork<AdaptiveNetwork> train(List<AdaptiveImage> images, int partitions) {
    return new Trainings(CONTEXT, "vector", SEED, TrainingListener.SILENT)
        .adaptive(CONTEXT.parallelize(images, 3), LAYERS, partitions);
  }

  private static AdaptiveNetwork trainLocally(List<AdaptiveImage> start) {
    ConvolutionEngine engine = ConvolutionEngines.create("vector");
    NetworkLearning<AdaptiveNetwork, AdaptiveImage, AdaptiveCoding> learning =
        AdaptiveNetworkLearning.of(LAYERS, new BreezeConjugateGradient(), SEED).on(1, engine);
    AdaptiveNetwork network = learning.none();
    List<AdaptiveImage> images = start;
    for (AdaptiveOptions options : LAYERS) {
      LayerLearning<AdaptiveImage, AdaptiveCoding> layer = learning.layer(network);
      var batches = batches(engine, images, options.batchSize());
      LayerState end = new Learner<>(layer, TrainingListener.SILENT).learn(batches);
      AdaptiveCoding finished = layer.finished(end, batches);
      AdaptiveCoder coder = finished.coder(engine);
      images = images.stream().map(image -> coder.code(image).handedUp()).toList();
      network = network.plus(finished.layer());
    }
    return network;
  }

  private static List<LocalBatch<AdaptiveImage, AdaptiveCoding>> batches(
      ConvolutionEngine engine, List<AdaptiveImage> images, int batchSize) {
    BatchPlan plan =
        BatchPlan.even(images.stream().map(AdaptiveImage::id).toList(), batchSize, SEED);
    List<LocalBatch<AdaptiveImage, AdaptiveCoding>> batches = new ArrayList<>();
    for (int b = 0; b < plan.batches(); b++) {
      int batch = b;
      List<AdaptiveImage> mine =
          images.stream().filter(i -> plan.batchOf(i.id()) == batch).toList();
      if (!mine.isEmpty()) {
        batches.add(new LocalBatch<>(engine, false, mine));
      }
    }
    return batches;
  }

  static List<AdaptiveImage> images() {
    Random random = new Random(3);
    List<AdaptiveImage> images = new ArrayList<>();
    for (int n = 0; n < 10; n++) {
      FeatureMaps y = EngineContract.maps(new Shape(1, 14 + n % 3, 19), random);
      images.add(new AdaptiveImage("image" + n, y, List.of()));
    }
    return images;
  }
}
