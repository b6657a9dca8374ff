package org.deconvnet.spark.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.gradient.GradientNetwork;
import org.deconvnet.network.gradient.GradientNetwork.Wanted;
import org.deconvnet.network.gradient.GroupSums;
import org.deconvnet.network.gradient.LogisticLoss;
import org.deconvnet.network.gradient.NetworkTraining;
import org.deconvnet.network.gradient.NetworkWeights;
import org.deconvnet.network.gradient.plan.Convolve;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.plan.NormalizeGroup;
import org.deconvnet.network.gradient.plan.Operation;
import org.deconvnet.network.gradient.plan.Rectify;
import org.deconvnet.network.gradient.plan.Start;
import org.deconvnet.network.gradient.update.AdamRule;
import org.deconvnet.operator.cnn.AxisGeometry;
import org.deconvnet.operator.cnn.Geometry;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.checkpoint.CheckpointException;
import org.deconvnet.spark.checkpoint.CheckpointFolder;
import org.deconvnet.spark.checkpoint.GradientCheckpoint;
import org.deconvnet.spark.checkpoint.RunIdentity;
import org.deconvnet.sums.Mergeable;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds over ghost groups: the same bits for any partitioning, and after any stop. */
class GroupRoundsTest {
  private static final JavaSparkContext CONTEXT =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
  private static final Shape SHAPE = new Shape(2, 8, 8);
  private static final NetworkPlan PLAN = plan();
  private static final int GROUP = 4;
  private static final int BATCH = 3;
  private static final int EPOCHS = 3;

  @TempDir Path folder;

  private record Item(String id, FeatureMaps image) implements Serializable {}

  /** Where a training stands. */
  private record Story(int epoch, int batch, List<Double> losses) {}

  /** Which items lie in which groups. */
  private static final class Contents implements Mergeable<Contents> {
    private static final long serialVersionUID = 1;

    final Map<Integer, List<String>> groups = new LinkedHashMap<>();

    @Override
    public void merge(Contents other) {
      groups.putAll(other.groups);
    }
  }

  private static NetworkPlan plan() {
    Geometry half = Geometry.square(AxisGeometry.of(4, 2, 1));
    Start small = new Start.Gaussian(0, 0.2);
    Map<String, Operation> layers = new LinkedHashMap<>();
    layers.put("conv1", new Convolve(3, half, false, small));
    layers.put("norm1", NormalizeGroup.standard());
    layers.put("leaky1", new Rectify(0.2));
    layers.put("judge", new Convolve(1, Geometry.square(AxisGeometry.of(4)), true, small));
    return NetworkPlan.chain(SHAPE, layers);
  }

  private static JavaRDD<Item> items(int count, int partitions) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FeatureMaps image = FeatureMaps.zeros(SHAPE);
      Random random = new Random(i);
      for (int p = 0; p < image.data().length; p++) {
        image.data()[p] = random.nextFloat();
      }
      items.add(new Item("image" + i, image));
    }
    return CONTEXT.parallelize(items, partitions);
  }

  private static GroupRounds<Item> rounds(int partitions) {
    GroupRounds.Cut cut = new GroupRounds.Cut(GROUP, BATCH, partitions, 9);
    return GroupRounds.of(CONTEXT, items(30, partitions + 1), Item::id, cut, "vector");
  }

  private static GroupSums work(
      Iterator<GhostGroup<Item>> groups, NetworkWeights weights, ConvolutionEngine engine) {
    GradientNetwork network = weights.network(engine.kernels(), GROUP);
    GroupSums sums = weights.sums(1, BATCH);
    while (groups.hasNext()) {
      GhostGroup<Item> group = groups.next();
      for (int i = 0; i < GROUP; i++) {
        network.input().put(i, group.items().get(i).image());
      }
      network.train();
      sums.addLoss(
          0,
          0,
          LogisticLoss.loss(network.output(), group.number() % 2, GROUP, network.outputGradient()));
      network.backward(Wanted.PARAMETERS);
      sums.addGradient(0, weights.plan().parameters(), network.gradient());
      sums.addStatistics(0, weights.plan().statistics(), network.statistics());
    }
    return sums;
  }

  private static NetworkTraining fresh() {
    return NetworkTraining.of(PLAN, AdamRule.adversarial(), 2);
  }

  /** Trains to the end, or so many rounds. */
  private static List<Object> train(int partitions, int most, CheckpointFolder where) {
    NetworkTraining training = fresh();
    var checkpoint =
        where == null
            ? null
            : new GradientCheckpoint<>(where, Map.of("judge", training), Story.class);
    Story start = new Story(0, 0, List.of());
    Story from = checkpoint == null ? start : checkpoint.read().orElse(start);
    List<Double> losses = new ArrayList<>(from.losses());
    try (GroupRounds<Item> rounds = rounds(partitions)) {
      int all = EPOCHS * rounds.batches();
      int first = from.epoch() * rounds.batches() + from.batch();
      for (int n = first; n - first < Math.min(all - first, most); n++) {
        int batch = n % rounds.batches();
        int groups = rounds.plan().groupsOf(batch);
        GroupSums sums = rounds.round("round", batch, training.weights(), GroupRoundsTest::work);
        training.step(sums, groups, 1);
        losses.add(sums.loss(0) / groups);
        if (checkpoint != null) {
          int next = n + 1;
          checkpoint.write(new Story(next / rounds.batches(), next % rounds.batches(), losses));
        }
      }
    }
    return List.of(training.weights().fingerprint(), losses, training.steps());
  }

  @Test
  void aGroupHoldsTheSameItemsInTheSameOrderInAnyPartitioning() {
    Map<Integer, List<String>> expected = null;
    for (int partitions : new int[] {1, 2, 5}) {
      try (GroupRounds<Item> rounds = rounds(partitions)) {
        assertThat(rounds.batches()).isEqualTo(3);
        Contents all = new Contents();
        for (int batch = 0; batch < 3; batch++) {
          int now = batch;
          Contents contents =
              rounds.round("look", batch, "", (groups, nothing, engine) -> contents(groups, now));
          assertThat(contents.groups).hasSize(rounds.plan().groupsOf(batch));
          all.merge(contents);
        }
        assertThat(all.groups.values().stream().flatMap(List::stream).distinct()).hasSize(28);
        expected = expected == null ? all.groups : expected;
        assertThat(all.groups).as("%d partitions", partitions).isEqualTo(expected);
      }
    }
  }

  private static Contents contents(Iterator<GhostGroup<Item>> groups, int batch) {
    Contents contents = new Contents();
    groups.forEachRemaining(
        group -> {
          assertThat(group.batch()).isEqualTo(batch);
          contents.groups.put(group.number(), group.items().stream().map(Item::id).toList());
        });
    return contents;
  }

  @Test
  void partitionsChangeNoBitAndNothingStaysOnExecutors() {
    int persisted = CONTEXT.getPersistentRDDs().size();
    List<Object> one = train(1, Integer.MAX_VALUE, null);
    assertThat(train(2, Integer.MAX_VALUE, null)).isEqualTo(one);
    assertThat(train(5, Integer.MAX_VALUE, null)).isEqualTo(one);
    assertThat(one.get(0)).isNotEqualTo(fresh().weights().fingerprint());
    assertThat(one.get(2)).isEqualTo(9L);
    assertThat(CONTEXT.getPersistentRDDs()).hasSize(persisted);
  }

  @Test
  void aTrainingThatStopsAndGoesOnEndsWithTheSameBits() {
    List<Object> whole = train(2, Integer.MAX_VALUE, null);
    train(1, 2, where("a"));
    train(3, 4, where("a"));
    List<Object> resumed = train(2, Integer.MAX_VALUE, where("a"));
    assertThat(resumed).isEqualTo(whole);
    assertThat(train(2, Integer.MAX_VALUE, where("a"))).as("nothing is left").isEqualTo(whole);
  }

  @Test
  void aCheckpointOfAnotherRunOrADamagedOneIsRefused() throws IOException {
    train(1, 1, where("a"));
    assertThatThrownBy(() -> train(1, 1, where("b")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("it belongs to another run: layers: expected b, got a");
    assertThatThrownBy(
            () ->
                new GradientCheckpoint<>(where("a"), Map.of("other", fresh()), Story.class).read())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("it is damaged")
        .hasMessageContaining("other/training.json");
    Path state = state();
    byte[] bytes = Files.readAllBytes(state);
    bytes[bytes.length / 2] ^= 8;
    Files.write(state, bytes);
    Files.deleteIfExists(state.resolveSibling("." + state.getFileName() + ".crc"));
    assertThatThrownBy(() -> train(1, 1, where("a")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("it is damaged");
  }

  private Path state() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("state-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private CheckpointFolder where(String layers) {
    RunIdentity identity =
        RunIdentity.of("judge", layers, 2, "vector", new RunIdentity.Images(30, 1));
    return new CheckpointFolder(
        CONTEXT.hadoopConfiguration(), folder.toString(), identity, Duration.ZERO);
  }

  @Test
  void fewerItemsThanAGroupAreRefusedBeforeWorkBegins() {
    GroupRounds.Cut cut = new GroupRounds.Cut(GROUP, BATCH, 1, 9);
    assertThatThrownBy(() -> GroupRounds.of(CONTEXT, items(3, 1), Item::id, cut, "vector"))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("expected at least 4 images");
  }
}
