package org.deconvnet.label;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deconvnet.network.gradient.NetworkWeights;
import org.deconvnet.network.gradient.WeightsFormat;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.store.Fingerprint;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.store.StoredRecord;
import org.deconvnet.tensor.Checks;

/**
 * A network that gives each pixel a class, as it is stored: {@code labelling.json}, which has the
 * plan, and NPY files of its numbers. Immutable as long as nobody writes into its arrays;
 * thread-safe.
 *
 * @param scales of the plan's inputs, in their order
 */
public record LabellingNetwork(NetworkInputs inputs, List<MapScale> scales, NetworkWeights weights)
    implements Serializable {
  private static final int VERSION = 1;
  private static final String FILE = "labelling.json";
  private static final String NAME = "network";

  public LabellingNetwork {
    scales = List.copyOf(scales);
    Checks.equal("labelling: scales", weights.plan().inputs().size(), scales.size());
  }

  /** What {@code labelling.json} says. */
  private record Stored(
      int formatVersion, NetworkInputs inputs, NetworkPlan plan, String fingerprint) {}

  /** Classes that it tells apart. */
  public int classes() {
    return weights.plan().output().maps();
  }

  /** SHA-256 over the plan, the parameters, the running statistics and the scales. */
  public String fingerprint() {
    Fingerprint fingerprint = new Fingerprint();
    weights.fingerprint().chars().forEach(fingerprint::add);
    scales.forEach(scale -> fingerprint.add(scale.means()).add(scale.factors()));
    return fingerprint.hex();
  }

  public void write(ModelFiles files) throws IOException {
    WeightsFormat.write(weights, NAME, files);
    for (int i = 0; i < scales.size(); i++) {
      WeightsFormat.write(files, means(weights.plan(), i), scales.get(i).means());
      WeightsFormat.write(files, factors(weights.plan(), i), scales.get(i).factors());
    }
    StoredRecord.write(new Stored(VERSION, inputs, weights.plan(), fingerprint()), FILE, files);
  }

  private static String means(NetworkPlan plan, int input) {
    return plan.inputs().get(input).name() + ".means";
  }

  private static String factors(NetworkPlan plan, int input) {
    return plan.inputs().get(input).name() + ".factors";
  }

  /**
   * @throws IOException if the files hold anything else
   */
  public static LabellingNetwork read(ModelFiles files) throws IOException {
    Stored stored = StoredRecord.read(Stored.class, FILE, files);
    if (stored.formatVersion() != VERSION) {
      throw new IOException(
          "%s/%s: expected format %d, got %d; use the release that wrote it"
              .formatted(files.location(), FILE, VERSION, stored.formatVersion()));
    }
    NetworkPlan plan = stored.plan();
    List<MapScale> scales = new ArrayList<>();
    for (int i = 0; i < plan.inputs().size(); i++) {
      float[] means = new float[plan.inputs().get(i).shape().maps()];
      float[] factors = means.clone();
      WeightsFormat.read(files, means(plan, i), means);
      WeightsFormat.read(files, factors(plan, i), factors);
      scales.add(new MapScale(means, factors));
    }
    LabellingNetwork network =
        new LabellingNetwork(stored.inputs(), scales, WeightsFormat.read(plan, NAME, files));
    if (!network.fingerprint().equals(stored.fingerprint())) {
      throw new IOException(
          "%s/%s: expected the fingerprint %s, got %s; copy the model again"
              .formatted(files.location(), FILE, stored.fingerprint(), network.fingerprint()));
    }
    return network;
  }
}
