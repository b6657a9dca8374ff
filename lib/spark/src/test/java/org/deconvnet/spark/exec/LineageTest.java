package org.deconvnet.spark.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.deconvnet.dictionary.ConnectivityPlan;
import org.deconvnet.dictionary.FilterStep;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.adaptive.AdaptiveImage;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalImage;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a round asks of Spark does not grow over a hundred rounds. */
@Tag("slow")
class LineageTest {
  private static final int ROUNDS = 100;
  private static final JavaSparkContext CONTEXT =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());

  @TempDir Path folder;

  /** The largest number of RDDs in a stage, round by round, and of RDDs that are persisted. */
  private static final class Watch extends SparkListener implements TrainingListener {
    private final List<Integer> inStage = new ArrayList<>();
    private final List<Integer> persisted = new ArrayList<>();
    private int largest;

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
      largest = Math.max(largest, stage.stageInfo().rddInfos().size());
    }

    @Override
    public void batchDone(LayerProgress progress, int batch, int batches) {
      try {
        CONTEXT.sc().listenerBus().waitUntilEmpty();
      } catch (java.util.concurrent.TimeoutException e) {
        throw new IllegalStateException(e);
      }
      inStage.add(largest);
      persisted.add(CONTEXT.getPersistentRDDs().size());
      largest = 0;
    }
  }

  @Test
  void ofTheAdaptiveNetwork() {
    AdaptiveOptions options =
        new AdaptiveOptions(2, 3, new PoolSize(2, 2, 1), 4, 1, ROUNDS, 2, 1, 0);
    List<AdaptiveImage> images =
        List.of(
            new AdaptiveImage("a", image(1), List.of()),
            new AdaptiveImage("b", image(2), List.of()));
    bounded(
        watch ->
            new Trainings(CONTEXT, "vector", 1, watch)
                .adaptive(CONTEXT.parallelize(images, 1), List.of(options), 1));
  }

  @Test
  void ofTheNetworkOf2010() {
    DeconvolutionalOptions options =
        new DeconvolutionalOptions(
            2,
            3,
            ConnectivityPlan.FULL,
            20,
            1,
            0.8,
            ROUNDS,
            2,
            0.2,
            FilterStep.Kind.UNIT_SPHERE,
            BetaSchedule.standard());
    List<DeconvolutionalImage> images =
        List.of(new DeconvolutionalImage("a", image(1)), new DeconvolutionalImage("b", image(2)));
    Checkpointing where = Checkpointing.in(folder.resolve("checkpoint").toString());
    bounded(
        watch ->
            new Trainings(CONTEXT, "vector", 1, watch, where)
                .deconvolutional(CONTEXT.parallelize(images, 1), List.of(options), 1));
  }

  private static void bounded(java.util.function.Consumer<Watch> training) {
    Watch watch = new Watch();
    CONTEXT.sc().addSparkListener(watch);
    try {
      training.accept(watch);
    } finally {
      CONTEXT.sc().removeSparkListener(watch);
    }
    assertThat(watch.inStage).hasSize(ROUNDS);
    for (List<Integer> sizes : List.of(watch.inStage, watch.persisted)) {
      List<Integer> afterTheFirst = sizes.subList(1, ROUNDS);
      assertThat(Collections.max(afterTheFirst)).as("%s", sizes).isEqualTo(afterTheFirst.get(0));
    }
    assertThat(watch.inStage.get(1)).isBetween(1, 10);
  }

  private static FeatureMaps image(long seed) {
    return EngineContract.maps(new Shape(1, 9, 10), new Random(seed));
  }
}
