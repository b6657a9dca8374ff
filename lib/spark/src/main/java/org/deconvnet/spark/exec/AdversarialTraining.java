package org.deconvnet.spark.exec;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.gradient.GroupSums;
import org.deconvnet.network.gradient.NetworkTraining;
import org.deconvnet.network.gradient.adversarial.AdversarialOptions;
import org.deconvnet.network.gradient.adversarial.AdversarialWeights;
import org.deconvnet.network.gradient.adversarial.AdversarialWork;
import org.deconvnet.network.gradient.adversarial.Noise;
import org.deconvnet.network.gradient.adversarial.Painter;
import org.deconvnet.spark.checkpoint.CheckpointException;
import org.deconvnet.spark.checkpoint.CheckpointFolder;
import org.deconvnet.spark.checkpoint.GradientCheckpoint;
import org.deconvnet.spark.checkpoint.RunIdentity;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * Trains a generator and a discriminator in turns, data-parallel. A turn is two rounds over the
 * groups of a batch: one updates the discriminator, the next one the generator. Images stay where
 * they are; weights go out, exact sums of gradients come back. The same images, options and seed
 * give the same bits for any partitions, and after any stop. Not thread-safe.
 *
 * <p>Grows with: the images, on executors only; both networks' parameters, on the driver, on the
 * network in every round, and in a checkpoint.
 */
public final class AdversarialTraining {
  private static final String NETWORK = "dcgan";

  /** Points of the losses' curves in an epoch, at most. */
  private static final int POINTS = 20;

  private final JavaSparkContext context;
  private final AdversarialOptions options;
  private final long seed;
  private final int partitions;
  private final RoundListener listener;

  /**
   * An image of the corpus.
   *
   * @param image (C, H, W), in [−1, 1]
   */
  public record Item(String id, FeatureMaps image) implements Serializable {}

  /**
   * Images of the first z, as they were after so many epochs.
   *
   * @param pixels one array an image, 0 to 255, (C, H, W)
   */
  public record Snapshot(int epoch, List<byte[]> pixels) {}

  /**
   * What was learned, and how.
   *
   * @param engine resolved
   * @param left images that filled no ghost group
   */
  public record Trained(
      AdversarialWeights weights,
      List<LossPoint> losses,
      List<Snapshot> snapshots,
      String engine,
      int left) {}

  /** What a checkpoint says of where a training stands. */
  private record Story(int turns, List<LossPoint> losses, List<Snapshot> snapshots) {}

  /** What carries a training from turn to turn. */
  private record Players(NetworkTraining generator, NetworkTraining discriminator) {
    AdversarialWeights weights() {
      return new AdversarialWeights(generator.weights(), discriminator.weights());
    }
  }

  /**
   * @param partitions of a batch, at most
   */
  public AdversarialTraining(
      JavaSparkContext context,
      AdversarialOptions options,
      long seed,
      int partitions,
      RoundListener listener) {
    this.context = context;
    this.options = options;
    this.seed = seed;
    this.partitions = partitions;
    this.listener = listener;
  }

  /**
   * Trains, or goes on where an earlier run with the same images and options left a checkpoint.
   *
   * @param asked an engine's name, or "auto"
   * @throws UserErrorException if there are fewer images than a ghost group has
   * @throws CheckpointException if there is a checkpoint that is damaged or of another run
   * @throws org.deconvnet.solve.SolverDivergedException if numbers come to be of no use
   */
  public Trained train(JavaRDD<Item> images, String asked, Checkpointing checkpointing) {
    String engine = checkpointing.engine(context, asked);
    try (PersistedData kept = new PersistedData()) {
      Shape shape = options.image();
      JavaRDD<Item> items = kept.keep(images.map(item -> required(item, shape)));
      RunIdentity.Images all = ImageDigest.of(items, Item::id, Item::image);
      RunIdentity identity = RunIdentity.of(NETWORK, options.toString(), seed, engine, all);
      GroupRounds.Cut cut =
          new GroupRounds.Cut(options.ghostGroup(), options.groups(), partitions, seed);
      try (GroupRounds<Item> rounds = GroupRounds.of(context, items, Item::id, cut, engine)) {
        // With the first round all images have moved to their groups.
        Runnable laidOut = () -> kept.release(items);
        return train(rounds, engine, checkpointing.open(context, identity), laidOut);
      }
    }
  }

  private static Item required(Item item, Shape shape) {
    Checks.sameShape("image " + item.id(), shape, item.image().shape());
    return item;
  }

  private Trained train(
      GroupRounds<Item> rounds,
      String engine,
      Optional<CheckpointFolder> folder,
      Runnable laidOut) {
    Players players =
        new Players(
            NetworkTraining.of(options.generator(), options.rule(), seed),
            NetworkTraining.of(options.discriminator(), options.rule(), seed + 1));
    Optional<GradientCheckpoint<Story>> checkpoint =
        folder.map(where -> new GradientCheckpoint<>(where, named(players), Story.class));
    Story story = checkpoint.flatMap(GradientCheckpoint::read).orElse(null);
    if (story == null) {
      story = new Story(0, List.of(), List.of(snapshot(0, players, engine)));
    } else {
      listener.goesOn(story.turns / rounds.batches() + 1, story.turns % rounds.batches());
    }
    for (int turns = options.epochs() * rounds.batches(); story.turns < turns; ) {
      story = after(story, players, rounds, engine);
      laidOut.run();
      if (checkpoint.isPresent()) {
        boolean whole = story.turns % rounds.batches() == 0;
        write(checkpoint.get(), story, whole);
      }
    }
    return new Trained(
        players.weights(), story.losses, story.snapshots, engine, rounds.plan().leftOut());
  }

  private static Map<String, NetworkTraining> named(Players players) {
    Map<String, NetworkTraining> named = new LinkedHashMap<>();
    named.put("generator", players.generator);
    named.put("discriminator", players.discriminator);
    return named;
  }

  private static void write(GradientCheckpoint<Story> checkpoint, Story story, boolean whole) {
    if (whole || checkpoint.due()) {
      checkpoint.write(story);
    }
  }

  /** The story after one more turn. */
  private Story after(Story story, Players players, GroupRounds<Item> rounds, String engine) {
    int epoch = story.turns / rounds.batches();
    int at = story.turns % rounds.batches();
    int batch = order(epoch, rounds.batches()).get(at);
    int groups = rounds.plan().groupsOf(batch);
    LossPoint losses =
        turn(story.turns, batch, players, rounds, (story.turns + 1.0) / rounds.batches());
    tell(epoch, at, groups, losses, rounds.batches());
    boolean over = at + 1 == rounds.batches();
    List<Snapshot> snapshots = new ArrayList<>(story.snapshots);
    if (over && isShown(epoch + 1)) {
      snapshots.add(snapshot(epoch + 1, players, engine));
    }
    return new Story(story.turns + 1, plus(story.losses, losses, at, rounds.batches()), snapshots);
  }

  /** Another order of the batches in each epoch; the seed decides it. */
  private List<Integer> order(int epoch, int batches) {
    List<Integer> order = IntStream.range(0, batches).boxed().collect(Collectors.toList());
    Collections.shuffle(order, new Random(seed * 1_000_003 + epoch));
    return order;
  }

  private LossPoint turn(
      int step, int batch, Players players, GroupRounds<Item> rounds, double epoch) {
    int group = options.ghostGroup();
    int groups = rounds.plan().groupsOf(batch);
    long drawn = seed;
    String where = "turn %d, batch %d: ".formatted(step + 1, batch + 1);
    GroupWork<AdversarialWeights, Item, GroupSums> discriminate =
        (all, weights, engine) -> {
          GroupSums sums =
              weights.discriminator().sums(AdversarialWork.DISCRIMINATOR_LOSSES, 2L * groups);
          AdversarialWork work =
              new AdversarialWork(weights, engine.kernels(), group, groups, drawn, step);
          all.forEachRemaining(
              one ->
                  work.discriminate(
                      one.items().stream().map(Item::image).toList(), one.number(), sums));
          return sums;
        };
    GroupWork<AdversarialWeights, Item, GroupSums> generate =
        (all, weights, engine) -> {
          GroupSums sums = weights.generator().sums(AdversarialWork.GENERATOR_LOSSES, groups);
          AdversarialWork work =
              new AdversarialWork(weights, engine.kernels(), group, groups, drawn, step);
          all.forEachRemaining(one -> work.generate(one.number(), sums));
          return sums;
        };
    GroupSums told = rounds.round(where + "discriminator", batch, players.weights(), discriminate);
    players.discriminator.step(told, 1, 1);
    GroupSums painted = rounds.round(where + "generator", batch, players.weights(), generate);
    players.generator.step(painted, 1, 1);
    return new LossPoint(epoch, told.loss(0), told.loss(1), painted.loss(0), 1);
  }

  private void tell(int epoch, int at, int groups, LossPoint losses, int batches) {
    Map<String, Double> named = new LinkedHashMap<>();
    named.put("real", losses.real());
    named.put("generated", losses.generated());
    named.put("generator", losses.generator());
    listener.roundDone(
        new RoundProgress(
            epoch + 1,
            options.epochs(),
            at + 1,
            batches,
            (long) groups * options.ghostGroup(),
            named));
  }

  /** Some rounds after each other make one point. */
  private static List<LossPoint> plus(
      List<LossPoint> points, LossPoint losses, int at, int batches) {
    List<LossPoint> all = new ArrayList<>(points);
    int each = Math.max(1, batches / POINTS);
    if (at % each == 0 || all.isEmpty()) {
      all.add(losses);
    } else {
      all.set(all.size() - 1, all.get(all.size() - 1).plus(losses));
    }
    return all;
  }

  /** After 1, 2, 4, 8, … epochs, and at the end. */
  private boolean isShown(int epoch) {
    return Integer.bitCount(epoch) == 1 || epoch == options.epochs();
  }

  private Snapshot snapshot(int epoch, Players players, String engine) {
    Painter painter =
        new Painter(players.generator.weights(), ConvolutionEngines.create(engine).kernels());
    List<FeatureMaps> images = painter.paint(Noise.ofImages(options.z(), seed, SHOWN));
    return new Snapshot(epoch, images.stream().map(AdversarialTraining::pixels).toList());
  }

  /** Images of a snapshot. */
  public static final int SHOWN = 32;

  private static byte[] pixels(FeatureMaps image) {
    byte[] pixels = new byte[image.data().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, image.data()[i])));
    }
    return pixels;
  }
}
