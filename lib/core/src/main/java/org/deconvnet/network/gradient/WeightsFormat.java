package org.deconvnet.network.gradient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.store.NpyFormat;

/**
 * A network's numbers as files: {@code NAME.parameters.npy} and {@code NAME.statistics.npy}, flat,
 * in the plan's order; a network without running statistics has no file of them. Stateless.
 */
public final class WeightsFormat {
  private WeightsFormat() {}

  /**
   * @param name of the network among others
   */
  public static void write(NetworkWeights weights, String name, ModelFiles files)
      throws IOException {
    write(files, name + ".parameters", weights.parameters());
    write(files, name + ".statistics", weights.statistics());
  }

  /**
   * @throws IOException if the files do not hold the numbers of such a plan
   */
  public static NetworkWeights read(NetworkPlan plan, String name, ModelFiles files)
      throws IOException {
    float[] parameters = new float[plan.parameters().size()];
    float[] statistics = new float[plan.statistics().size()];
    read(files, name + ".parameters", parameters);
    read(files, name + ".statistics", statistics);
    return new NetworkWeights(plan, parameters, statistics);
  }

  /** A file of numbers that belong to a network: {@code NAME.npy}, none where there are none. */
  public static void write(ModelFiles files, String name, float[] numbers) throws IOException {
    if (numbers.length > 0) {
      try (OutputStream out = files.create(name + ".npy")) {
        NpyFormat.write(out, numbers, numbers.length);
      }
    }
  }

  /**
   * As {@link #write} wrote them.
   *
   * @param numbers receives them
   * @throws IOException if the file holds another number of them
   */
  public static void read(ModelFiles files, String name, float[] numbers) throws IOException {
    if (numbers.length > 0) {
      try (InputStream in = files.open(name + ".npy")) {
        String what = files.location() + "/" + name + ".npy";
        float[] read = NpyFormat.read(in, what, numbers.length);
        System.arraycopy(read, 0, numbers, 0, read.length);
      }
    }
  }
}
