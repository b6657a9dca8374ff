package org.deconvnet.spark.exec;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.label.ClassBalance;
import org.deconvnet.label.GroupAtWork;
import org.deconvnet.label.LabelMap;
import org.deconvnet.label.LabelledMaps;
import org.deconvnet.label.LabellingNetwork;
import org.deconvnet.label.LabellingPlan;
import org.deconvnet.label.LearningOptions;
import org.deconvnet.label.MapScale;
import org.deconvnet.label.NetworkInputs;
import org.deconvnet.network.gradient.GroupSums;
import org.deconvnet.network.gradient.NetworkTraining;
import org.deconvnet.network.gradient.NetworkWeights;
import org.deconvnet.network.gradient.PixelCrossEntropy;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.spark.checkpoint.GradientCheckpoint;
import org.deconvnet.spark.checkpoint.RunIdentity;
import org.deconvnet.tensor.UserErrorException;

/**
 * Learns a network that labels pixels, by rounds over ghost groups. Images stay where they are laid
 * out; a round sends the network out and sums its gradients, so partitions change no bit. The
 * inputs of the network, frozen layers' maps among them, are made once and kept on the executors
 * (memory, then disk). Not thread-safe.
 */
public final class LabellingTraining {
  private static final String NETWORK = "network";

  private final JavaSparkContext context;
  private final String asked;
  private final Checkpointing checkpointing;
  private final RoundListener listener;

  /**
   * @param engine an engine's name, or "auto"
   */
  public LabellingTraining(
      JavaSparkContext context,
      String engine,
      Checkpointing checkpointing,
      RoundListener listener) {
    this.context = context;
    this.asked = engine;
    this.checkpointing = checkpointing;
    this.listener = listener;
  }

  /**
   * What is learned.
   *
   * @param classes from 2; 0: one more than the largest label
   * @param partitions of a batch; 0: Spark's default parallelism
   */
  public record Task(
      NetworkInputs inputs, LearningOptions learning, int classes, int partitions, long seed) {}

  /**
   * Where a training stands, as a checkpoint keeps it.
   *
   * @param losses of finished epochs
   * @param batches done in the epoch under way
   * @param sum of their losses, over groups
   */
  public record Story(List<Double> losses, int batches, double sum) {
    public Story {
      losses = List.copyOf(losses);
    }
  }

  /**
   * Learns, or goes on where an earlier run with the same images and settings left a checkpoint.
   *
   * @param images with unique ids, as {@link NetworkInputs#of} makes them
   * @throws UserErrorException if there is no image, there are fewer than two classes in all
   *     labels, or images are smaller than a cell of the coarsest maps
   * @throws org.deconvnet.solve.SolverDivergedException if a number is not finite
   */
  public TrainedLabelling train(JavaRDD<LabelledMaps> images, Task task) {
    String engine = checkpointing.engine(context, asked);
    try (PersistedData kept = new PersistedData()) {
      JavaRDD<LabelledMaps> state = kept.keep(images);
      LabelSurvey survey = LabelSurvey.of(state);
      LearningOptions learning = task.learning();
      try (GroupRounds<LabelledMaps> rounds =
          GroupRounds.of(context, state, LabelledMaps::id, cut(task, survey), engine)) {
        NetworkPlan plan = plan(survey, task);
        NetworkTraining training = NetworkTraining.of(plan, learning.rule(), task.seed());
        // Images say the rest of the plan: how many maps each of its inputs has.
        String settings = task.inputs() + ", classes " + plan.output().maps() + ", " + learning;
        RunIdentity identity =
            RunIdentity.of("labelling", settings, task.seed(), engine, survey.images());
        Optional<GradientCheckpoint<Story>> checkpoint =
            checkpointing
                .open(context, identity)
                .map(f -> new GradientCheckpoint<>(f, Map.of(NETWORK, training), Story.class));
        float[] balance = survey.balance().weights(plan.output().maps(), learning.balance());
        Sending sending = new Sending(survey.scales(), balance, rounds.plan().mostGroups());
        Run run = new Run(rounds, training, checkpoint, learning.epochs(), sending);
        // With the first round all images have moved to their groups.
        List<Double> losses = run.learn(() -> kept.release(state));
        return new TrainedLabelling(
            new LabellingNetwork(task.inputs(), survey.scales(), training.weights()),
            losses,
            engine,
            survey.images().count(),
            rounds.plan().leftOut(),
            0);
      }
    }
  }

  /** A group is never larger than there are images. */
  private GroupRounds.Cut cut(Task task, LabelSurvey survey) {
    int partitions = task.partitions() > 0 ? task.partitions() : context.defaultParallelism();
    LearningOptions learning = task.learning();
    int images = (int) Math.min(learning.groupImages(), survey.images().count());
    return new GroupRounds.Cut(images, learning.batchGroups(), partitions, task.seed());
  }

  private static NetworkPlan plan(LabelSurvey survey, Task task) {
    List<Integer> maps = survey.maps();
    NetworkInputs inputs = task.inputs();
    List<Integer> layers = maps.subList(maps.size() - inputs.scored().size(), maps.size());
    return LabellingPlan.of(inputs.head(), inputs.image(), layers, classes(survey.balance(), task));
  }

  private static int classes(ClassBalance balance, Task task) {
    if (balance.seen() < 2) {
      throw new UserErrorException(
          "labels: expected pixels of at least two classes, got %s in %d images; there is nothing to tell apart"
              .formatted(
                  balance.seen() == 0 ? "none" : "class %d alone".formatted(balance.classes() - 1),
                  balance.images()));
    }
    if (task.classes() != 0 && balance.classes() > task.classes()) {
      throw new UserErrorException(
          "labels: expected %d classes, got a label %d"
              .formatted(task.classes(), balance.classes() - 1));
    }
    return task.classes() == 0 ? balance.classes() : task.classes();
  }

  /**
   * What goes out with every round's network.
   *
   * @param scales of the network's inputs
   * @param balance weights of the classes
   * @param terms groups of a round at most
   */
  private record Sending(List<MapScale> scales, float[] balance, int terms)
      implements Serializable {}

  /**
   * @param step rounds made before
   */
  private record Sent(NetworkWeights weights, long step, Sending always) implements Serializable {}

  private static GroupSums worked(
      Iterator<GhostGroup<LabelledMaps>> groups, Sent sent, ConvolutionEngine engine) {
    GroupSums sums = sent.weights.sums(1, sent.always.terms);
    PixelCrossEntropy loss = new PixelCrossEntropy(LabelMap.VOID, sent.always.balance);
    GroupAtWork at = null;
    while (groups.hasNext()) {
      List<LabelledMaps> group = groups.next().items();
      if (at == null) {
        at = new GroupAtWork(sent.weights.plan(), engine.kernels(), group.size());
        at.set(sent.weights);
      }
      at.learn(sent.step, group, sent.always.scales, loss, sums);
    }
    return sums;
  }

  /** The rounds of one training. */
  private final class Run {
    private final GroupRounds<LabelledMaps> rounds;
    private final NetworkTraining training;
    private final Optional<GradientCheckpoint<Story>> checkpoint;
    private final int epochs;
    private final Sending sending;

    Run(
        GroupRounds<LabelledMaps> rounds,
        NetworkTraining training,
        Optional<GradientCheckpoint<Story>> checkpoint,
        int epochs,
        Sending sending) {
      this.rounds = rounds;
      this.training = training;
      this.checkpoint = checkpoint;
      this.epochs = epochs;
      this.sending = sending;
    }

    /**
     * @param laidOut what to do after the first round
     */
    List<Double> learn(Runnable laidOut) {
      Story story = new Story(List.of(), 0, 0);
      Optional<Story> before = checkpoint.flatMap(GradientCheckpoint::read);
      if (before.isPresent()) {
        story = before.get();
        listener.goesOn(story.losses().size() + 1, story.batches());
      }
      long start = training.steps();
      while (story.losses().size() < epochs) {
        boolean first = training.steps() == start;
        story = afterRound(story);
        if (first) {
          laidOut.run();
        }
        boolean epochOver = story.batches() == 0;
        if (checkpoint.isPresent() && (epochOver || checkpoint.get().due())) {
          checkpoint.get().write(story);
        }
      }
      return story.losses();
    }

    private Story afterRound(Story story) {
      int epoch = story.losses().size() + 1;
      int batch = story.batches();
      long step = training.steps();
      String what = "labelling: epoch %d, batch %d".formatted(epoch, batch + 1);
      GroupSums sums =
          rounds.round(
              what, batch, new Sent(training.weights(), step, sending), LabellingTraining::worked);
      double factor = LearningOptions.factor(step, (long) epochs * rounds.batches());
      training.step(sums, rounds.plan().groupsOf(batch), factor);
      double sum = story.sum() + sums.loss(0);
      int groups = batch * rounds.plan().mostGroups() + rounds.plan().groupsOf(batch);
      listener.roundDone(
          new RoundProgress(
              epoch,
              epochs,
              batch + 1,
              rounds.batches(),
              (long) rounds.plan().groupsOf(batch) * rounds.plan().images(),
              Map.of("pixels", sums.loss(0) / rounds.plan().groupsOf(batch))));
      return batch + 1 < rounds.batches()
          ? new Story(story.losses(), batch + 1, sum)
          : new Story(plus(story.losses(), sum / groups), 0, 0);
    }
  }

  private static List<Double> plus(List<Double> losses, double loss) {
    List<Double> all = new ArrayList<>(losses);
    all.add(loss);
    return all;
  }
}
