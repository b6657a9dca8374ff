package org.deconvnet.label;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deconvnet.network.gradient.NetworkWeights;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.store.Fingerprint;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.store.NpyFormat;
import org.deconvnet.store.StoredRecord;
import org.deconvnet.tensor.Checks;

/**
 * A network that gives each pixel a class, as it is stored: {@code labelling.json}, which has the
 * plan, and NPY files of its numbers. Immutable as long as nobody writes into its arrays;
 * thread-safe.
 *
 * @param scales of the plan's inputs, in their order
 */
public record LabellingNetwork(
    NetworkInputs inputs, List<MapScale> scales, NetworkWeights weights) implements Serializable {
  private static final int VERSION = 1;
  private static final String FILE = "labelling.json";

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
    write(files, "parameters", weights.parameters());
    write(files, "statistics", weights.statistics());
    for (int i = 0; i < scales.size(); i++) {
      write(files, name(weights.plan(), i) + "-means", scales.get(i).means());
      write(files, name(weights.plan(), i) + "-factors", scales.get(i).factors());
    }
    StoredRecord.write(new Stored(VERSION, inputs, weights.plan(), fingerprint()), FILE, files);
  }

  private static String name(NetworkPlan plan, int input) {
    return plan.inputs().get(input).name();
  }

  private static void write(ModelFiles files, String name, float[] numbers) throws IOException {
    if (numbers.length > 0) {
      try (OutputStream out = files.create(name + ".npy")) {
        NpyFormat.write(out, numbers, numbers.length);
      }
    }
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
      int maps = plan.inputs().get(i).shape().maps();
      scales.add(
          new MapScale(
              read(files, name(plan, i) + "-means", maps),
              read(files, name(plan, i) + "-factors", maps)));
    }
    NetworkWeights weights =
        new NetworkWeights(
            plan,
            read(files, "parameters", plan.parameters().size()),
            read(files, "statistics", plan.statistics().size()));
    LabellingNetwork network = new LabellingNetwork(stored.inputs(), scales, weights);
    if (!network.fingerprint().equals(stored.fingerprint())) {
      throw new IOException(
          "%s/%s: expected the fingerprint %s, got %s; copy the model again"
              .formatted(files.location(), FILE, stored.fingerprint(), network.fingerprint()));
    }
    return network;
  }

  private static float[] read(ModelFiles files, String name, int length) throws IOException {
    if (length == 0) {
      return new float[0];
    }
    try (InputStream in = files.open(name + ".npy")) {
      return NpyFormat.read(in, files.location() + "/" + name + ".npy", length);
    }
  }
}
