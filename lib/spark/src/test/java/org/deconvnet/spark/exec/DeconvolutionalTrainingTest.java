package org.deconvnet.spark.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.deconvnet.dictionary.FilterStep.Kind.LEAST_SQUARES;
import static org.deconvnet.dictionary.FilterStep.Kind.UNIT_SPHERE;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.dictionary.ConnectivityPlan;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.learn.LastPass;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.Learner;
import org.deconvnet.learn.LocalBatch;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.deconvolutional.DeconvolutionalCoding;
import org.deconvnet.network.deconvolutional.DeconvolutionalImage;
import org.deconvnet.network.deconvolutional.DeconvolutionalNetworkLearning;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.network.deconvolutional.MapScaling;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class DeconvolutionalTrainingTest {
  private static final long SEED = 3;
  private static final BetaSchedule SCHEDULE = BetaSchedule.standard();
  static final List<DeconvolutionalOptions> LAYERS =
      List.of(
          new DeconvolutionalOptions(
              4, 5, ConnectivityPlan.FULL, 20, 1, 0.8, 3, 3, 0.2, UNIT_SPHERE, SCHEDULE),
          new DeconvolutionalOptions(
              10,
              3,
              ConnectivityPlan.SINGLES_AND_PAIRS,
              20,
              1,
              0.8,
              2,
              3,
              0.2,
              LEAST_SQUARES,
              SCHEDULE));
  private static final JavaSparkContext CONTEXT =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());

  @Test
  void anyPartitioningGivesTheBitsOfTheSingleJvm() {
    String local = trainLocally().fingerprint();
    for (int partitions : new int[] {1, 2, 5}) {
      TrainedNetwork<DeconvolutionalStack> trained = train(images(), partitions);
      assertThat(trained.network().fingerprint()).as("%d partitions", partitions).isEqualTo(local);
    }
  }

  @Test
  void theObjectiveFallsOverEpochsAndTheLastPassIsReported() {
    TrainedNetwork<DeconvolutionalStack> trained = train(images(), 2);
    List<LayerProgress> first = trained.epochs().get(0);
    assertThat(first.get(2).objective()).isLessThan(first.get(0).objective());
    assertThat(trained.last()).hasSize(2);
    assertThat(trained.last().get(0).images()).isEqualTo(images().size());
    assertThat(trained.last().get(1).relativeError()).isBetween(0.0, 0.9);
  }

  @Test
  void nothingStaysPersistedAfterwards() {
    int before = CONTEXT.getPersistentRDDs().size();
    train(images(), 2);
    assertThat(CONTEXT.getPersistentRDDs()).hasSize(before);
  }

  @Test
  void noImageAndLayersThatDoNotFitAreErrors() {
    assertThatThrownBy(() -> train(List.of(), 2))
        .hasMessageContaining("expected at least one image");
    DeconvolutionalOptions wrong =
        new DeconvolutionalOptions(
            9, 3, ConnectivityPlan.SINGLES_AND_PAIRS, 1, 1, 0.8, 1, 3, 0, UNIT_SPHERE, SCHEDULE);
    assertThatThrownBy(
            () ->
                new Trainings(CONTEXT, "vector", SEED, TrainingListener.SILENT)
                    .deconvolutional(
                        CONTEXT.parallelize(images(), 2), List.of(LAYERS.get(0), wrong), 1))
        .hasMessageContaining("connectivity singlesAndPairs: maps: expected 10, got 9");
  }

  private static TrainedNetwork<DeconvolutionalStack> train(
      List<DeconvolutionalImage> images, int partitions) {
    return new Trainings(CONTEXT, "vector", SEED, TrainingListener.SILENT)
        .deconvolutional(CONTEXT.parallelize(images, 3), LAYERS, partitions);
  }

  private static DeconvolutionalStack trainLocally() {
    ConvolutionEngine engine = ConvolutionEngines.create("vector");
    var learning =
        DeconvolutionalNetworkLearning.of(LAYERS, 1, BreezeFilterStep::of, SEED).on(1, engine);
    DeconvolutionalStack stack = learning.none();
    List<DeconvolutionalImage> images = images();
    for (DeconvolutionalOptions options : LAYERS) {
      var layer = learning.layer(stack);
      var learner = new Learner<>(layer, TrainingListener.SILENT);
      var batches = batches(engine, images, options);
      LayerState end = learner.learn(batches);
      DeconvolutionalCoding finished = layer.finished(end, batches);
      LastPass all = learner.lastPass(batches, finished);
      stack = learning.plus(stack, finished, all);
      MapScaling scaling = stack.scaling(stack.depth());
      images =
          batches.stream()
              .flatMap(batch -> batch.coded().stream())
              .map(image -> image.handedUp(scaling))
              .toList();
    }
    return stack;
  }

  private static List<LocalBatch<DeconvolutionalImage, DeconvolutionalCoding>> batches(
      ConvolutionEngine engine, List<DeconvolutionalImage> images, DeconvolutionalOptions options) {
    List<String> ids = images.stream().map(DeconvolutionalImage::id).toList();
    BatchPlan plan = BatchPlan.even(ids, options.batchSize(), SEED);
    return IntStream.range(0, plan.batches())
        .mapToObj(b -> images.stream().filter(i -> plan.batchOf(i.id()) == b).toList())
        .filter(batch -> !batch.isEmpty())
        .map(
            batch ->
                new LocalBatch<DeconvolutionalImage, DeconvolutionalCoding>(engine, true, batch))
        .toList();
  }

  /** Bars of random place and direction, of two sizes of images. */
  static List<DeconvolutionalImage> images() {
    List<DeconvolutionalImage> images = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 7; i++) {
      FeatureMaps image = FeatureMaps.zeros(new Shape(1, 20 + i % 2, 24));
      for (int bar = 0; bar < 12; bar++) {
        boolean across = random.nextBoolean();
        int y = random.nextInt(14);
        int x = random.nextInt(18);
        for (int t = 0; t < 6; t++) {
          image.set(0, across ? y : y + t, across ? x + t : x, 1 - random.nextInt(2) * 2f);
        }
      }
      images.add(new DeconvolutionalImage("image" + i, image));
    }
    return images;
  }
}
