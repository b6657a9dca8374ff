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
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.adaptive.AdaptiveCoder;
import org.deconvnet.network.adaptive.AdaptiveImage;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.network.adaptive.LayerTrainer;
import org.deconvnet.network.adaptive.LocalBatch;
import org.deconvnet.network.adaptive.TrainedLayer;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class DistributedTrainingTest {
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
    for (int partitions : new int[] {1, 2, 5}) {
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
    return new DistributedTraining(CONTEXT, "vector", SEED, TrainingListener.SILENT)
        .train(CONTEXT.parallelize(images, 3), LAYERS, partitions);
  }

  private static AdaptiveNetwork trainLocally(List<AdaptiveImage> start) {
    ConvolutionEngine engine = ConvolutionEngines.create("vector");
    LayerTrainer trainer =
        new LayerTrainer(engine, new BreezeConjugateGradient(), TrainingListener.SILENT, SEED);
    AdaptiveNetwork network = AdaptiveNetwork.empty();
    List<AdaptiveImage> images = start;
    int channels = 1;
    for (AdaptiveOptions options : LAYERS) {
      TrainedLayer layer = trainer.train(network, channels, options, batches(engine, images, 4));
      AdaptiveCoder coder = new AdaptiveCoder(engine, network, layer.layer());
      images = images.stream().map(i -> i.under(coder.code(i).switches())).toList();
      network = network.plus(layer.layer());
      channels = layer.layer().pooledMaps();
    }
    return network;
  }

  private static List<LocalBatch> batches(
      ConvolutionEngine engine, List<AdaptiveImage> images, int batchSize) {
    BatchPlan plan =
        BatchPlan.even(images.stream().map(AdaptiveImage::id).toList(), batchSize, SEED);
    List<LocalBatch> batches = new ArrayList<>();
    for (int b = 0; b < plan.batches(); b++) {
      int batch = b;
      List<AdaptiveImage> mine =
          images.stream().filter(i -> plan.batchOf(i.id()) == batch).toList();
      if (!mine.isEmpty()) {
        batches.add(new LocalBatch(engine, mine));
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
