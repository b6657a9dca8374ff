package org.deconvnet.spark.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.gradient.adversarial.AdversarialOptions;
import org.deconvnet.network.gradient.adversarial.Noise;
import org.deconvnet.network.gradient.adversarial.Painter;
import org.deconvnet.network.gradient.adversarial.PixelRange;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.checkpoint.CheckpointException;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.AdversarialTraining.Item;
import org.deconvnet.spark.exec.AdversarialTraining.Trained;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two networks in turns on Spark. */
class AdversarialTrainingTest {
  private static final JavaSparkContext CONTEXT =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
  private static final AdversarialOptions OPTIONS = options(2e-4, 3);
  private static final int IMAGES = 30;

  @TempDir Path folder;

  private static AdversarialOptions options(double rate, int epochs) {
    return new AdversarialOptions(8, true, 2, 5, 4, 8, rate, 0.5, epochs);
  }

  /** What a driver does that dies. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static JavaRDD<Item> items(int count, int partitions) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FeatureMaps image = FeatureMaps.zeros(OPTIONS.image());
      Random random = new Random(i);
      for (int p = 0; p < image.data().length; p++) {
        image.data()[p] = 2 * random.nextFloat() - 1;
      }
      items.add(new Item("image" + i, image));
    }
    return CONTEXT.parallelize(items, partitions);
  }

  private static Trained train(int partitions, RoundListener listener, Checkpointing where) {
    return new AdversarialTraining(CONTEXT, OPTIONS, 3, partitions, listener)
        .train(items(IMAGES, partitions + 1), "vector", where);
  }

  private static List<Object> all(Trained trained) {
    return List.of(
        trained.weights().fingerprint(),
        trained.losses(),
        trained.snapshots().stream().map(shot -> shot.pixels().get(5)[7]).toList(),
        trained.left());
  }

  @Test
  void partitionsChangeNoBit() {
    List<RoundProgress> told = new ArrayList<>();
    Trained one = train(1, told::add, Checkpointing.NONE);
    assertThat(all(train(2, RoundListener.SILENT, Checkpointing.NONE))).isEqualTo(all(one));
    assertThat(all(train(5, RoundListener.SILENT, Checkpointing.NONE))).isEqualTo(all(one));
    assertThat(one.left()).isEqualTo(2);
    assertThat(one.losses()).hasSize(12);
    assertThat(one.snapshots()).extracting(shot -> shot.epoch()).containsExactly(0, 1, 2, 3);
    assertThat(one.snapshots().get(3).pixels()).hasSize(AdversarialTraining.SHOWN);
    assertThat(told).hasSize(12);
    assertThat(told.get(11).epoch()).isEqualTo(3);
    assertThat(told.get(11).batch()).isEqualTo(4);
    assertThat(told.get(11).losses().keySet()).containsExactly("real", "generated", "generator");
    // The last group of seven is a batch of its own.
    assertThat(told.stream().mapToLong(RoundProgress::images).sum()).isEqualTo(3 * 28);
  }

  @Test
  void aTrainingThatStopsEndsWithTheSameBits() {
    Trained whole = train(2, RoundListener.SILENT, Checkpointing.NONE);
    int persisted = CONTEXT.getPersistentRDDs().size();
    Checkpointing where =
        new Checkpointing(Optional.of(folder.resolve("c").toString()), Duration.ZERO);
    for (int stop = 1; stop < 4; stop++) {
      int[] left = {stop + 1};
      RoundListener stopping =
          progress -> {
            if (--left[0] == 0) {
              throw new Stopped();
            }
          };
      int partitions = stop;
      assertThatThrownBy(() -> train(partitions, stopping, where)).isInstanceOf(Stopped.class);
      assertThat(CONTEXT.getPersistentRDDs()).hasSize(persisted);
    }
    assertThat(all(train(3, RoundListener.SILENT, where))).isEqualTo(all(whole));
    RoundListener none =
        progress -> {
          throw new Stopped();
        };
    assertThat(all(train(1, none, where))).as("nothing is left").isEqualTo(all(whole));
    assertThatThrownBy(
            () ->
                new AdversarialTraining(CONTEXT, options(1e-3, 3), 3, 1, none)
                    .train(items(IMAGES, 1), "vector", where))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("it belongs to another run: layers: expected AdversarialOptions[");
  }

  @Test
  void numbersOfNoUseStopTheTraining() {
    AdversarialTraining training =
        new AdversarialTraining(CONTEXT, options(1e30, 3), 3, 1, RoundListener.SILENT);
    assertThatThrownBy(() -> training.train(items(IMAGES, 1), "vector", Checkpointing.NONE))
        .satisfiesAnyOf(
            failure -> assertThat(failure).isInstanceOf(SolverDivergedException.class),
            failure -> assertThat(failure).hasRootCauseInstanceOf(SolverDivergedException.class))
        .hasStackTraceContaining("use a smaller rate");
  }

  @Test
  void fewerImagesThanAGroupAreRefused() {
    AdversarialTraining training =
        new AdversarialTraining(CONTEXT, OPTIONS, 3, 1, RoundListener.SILENT);
    assertThatThrownBy(() -> training.train(items(3, 1), "vector", Checkpointing.NONE))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("expected at least 4 images");
  }

  @Test
  void samplesAreTheSameInAnyPartitioningAndTheNearestImagesAreFound() {
    Trained trained = train(2, RoundListener.SILENT, Checkpointing.NONE);
    List<FeatureMaps> one = painted(trained, 1);
    List<FeatureMaps> three = painted(trained, 3);
    for (int i = 0; i < one.size(); i++) {
      assertThat(three.get(i).data()).isEqualTo(one.get(i).data());
    }
    JavaRDD<Item> items = items(IMAGES, 3);
    List<FeatureMaps> samples =
        items.filter(item -> item.id().endsWith("7")).collect().stream()
            .map(item -> PixelRange.toUnit(item.image()))
            .toList();
    List<NearestImages.Nearest> nearest = NearestImages.of(CONTEXT, items, samples);
    assertThat(nearest)
        .extracting(NearestImages.Nearest::id)
        .containsExactly("image7", "image17", "image27");
    assertThat(nearest).allMatch(found -> found.distance() == 0);
    assertThat(NearestImages.of(CONTEXT, items, one).get(0).distance()).isBetween(0.1, 0.5);
  }

  private static List<FeatureMaps> painted(Trained trained, int partitions) {
    return GeneratedImages.use(
        LocalSpark.session(),
        trained.weights().generator(),
        trained.engine(),
        4,
        10,
        partitions,
        images ->
            images.orderBy("path").collectAsList().stream()
                .map(row -> FeatureMapsColumn.fromRow(row.getStruct(1)))
                .toList());
  }

  @Test
  void everySampleIsPaintedOfTheZOfItsNumber() {
    Trained trained = train(2, RoundListener.SILENT, Checkpointing.NONE);
    Painter painter =
        new Painter(
            trained.weights().generator(), ConvolutionEngines.create(trained.engine()).kernels());
    List<FeatureMaps> samples = painted(trained, 3);
    for (int number : new int[] {0, 2, 9}) {
      FeatureMaps alone = painter.paint(List.of(Noise.ofImage(OPTIONS.z(), 4, number))).get(0);
      assertThat(samples.get(number).data()).isEqualTo(alone.data());
    }
    assertThat(samples.get(2).data()).isNotEqualTo(samples.get(0).data());
  }
}
