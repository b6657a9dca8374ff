package org.deconvnet.network.gradient;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.update.Update;
import org.deconvnet.network.gradient.update.UpdateRule;
import org.deconvnet.network.gradient.update.UpdateState;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.store.StoredRecord;

/**
 * A network while it learns, on the driver: its numbers, and what the update carries from step to
 * step. {@link #weights} go out to the groups of a round, and the round's sums come back into
 * {@link #step}. What is written and read again goes on with the same bits. Not thread-safe.
 */
public final class NetworkTraining {
  private static final String POSITION = "training.json";

  private final NetworkPlan plan;
  private final Update update;
  private final float[] parameters;
  private final float[] statistics;
  private final float[] gradient;

  /**
   * What {@code training.json} says.
   *
   * @param fingerprint of the network whose numbers lie beside it
   */
  private record Position(long steps, String fingerprint) {}

  private NetworkTraining(NetworkPlan plan, UpdateRule rule, long seed) {
    this.plan = plan;
    update = rule.start(plan.parameters());
    parameters = plan.startParameters(seed);
    statistics = plan.startStatistics();
    gradient = new float[parameters.length];
  }

  /** Before the first step; the seed decides the parameters. */
  public static NetworkTraining of(NetworkPlan plan, UpdateRule rule, long seed) {
    return new NetworkTraining(plan, rule, seed);
  }

  /** The numbers as they are now, copied. */
  public NetworkWeights weights() {
    return new NetworkWeights(plan, parameters.clone(), statistics.clone());
  }

  /** Steps made so far. */
  public long steps() {
    return update.steps();
  }

  /**
   * One update by a round's gradient; the running statistics follow, where the round has some.
   *
   * @param divisor of the gradients' sum: 1 where losses were divided already, or the groups
   * @param rateFactor of the rate in this step, above 0: a schedule's
   * @throws SolverDivergedException if a number is not finite afterwards; names its layer
   */
  public void step(GroupSums round, double divisor, double rateFactor) {
    long before = steps();
    round.gradient(divisor, gradient);
    update.step(parameters, gradient, rateFactor);
    RunningStatistics.update(plan, statistics, round);
    TrainingWatch.requireFinite(before, "parameter", plan.parameters(), parameters);
    TrainingWatch.requireFinite(before, "running statistic", plan.statistics(), statistics);
  }

  /** Writes what a checkpoint keeps: {@code training.json}, and NPY files beside it. */
  public void write(ModelFiles files) throws IOException {
    WeightsFormat.write(files, "parameters", parameters);
    WeightsFormat.write(files, "statistics", statistics);
    List<float[]> memories = update.state().memories();
    for (int i = 0; i < memories.size(); i++) {
      WeightsFormat.write(files, memory(i), memories.get(i));
    }
    StoredRecord.write(new Position(steps(), fingerprint()), POSITION, files);
  }

  private String fingerprint() {
    return plan.fingerprint(parameters, statistics);
  }

  private static String memory(int number) {
    return "memory" + (number + 1);
  }

  /**
   * Goes on from what was written by a training of the same network and rule.
   *
   * @throws IOException if the files hold anything else
   */
  public void read(ModelFiles files) throws IOException {
    Position at = StoredRecord.read(Position.class, POSITION, files);
    WeightsFormat.read(files, "parameters", parameters);
    WeightsFormat.read(files, "statistics", statistics);
    List<float[]> memories = new ArrayList<>();
    for (float[] memory : update.state().memories()) {
      WeightsFormat.read(files, memory(memories.size()), memory);
      memories.add(memory);
    }
    if (at.steps() < 0 || !at.fingerprint().equals(fingerprint())) {
      throw new IOException(
          "%s/%s: expected the network with the fingerprint %s after 0 or more steps, got %s after %d"
              .formatted(files.location(), POSITION, at.fingerprint(), fingerprint(), at.steps()));
    }
    update.restore(new UpdateState(at.steps(), memories));
  }
}
