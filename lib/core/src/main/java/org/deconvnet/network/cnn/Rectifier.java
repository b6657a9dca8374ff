package org.deconvnet.network.cnn;

import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.tensor.FeatureMaps;

/**
 * ReLU and its kin, {@code y = x} from {@code least} to {@code most}; below, {@code y = slope · x}
 * (leaky) or {@code least}. Which way an image took shows in y.
 *
 * @param output name of y
 */
record Rectifier(RectifierRule rule, String output, float least, float most, float slope)
    implements Downward {
  @Override
  public void carry(int input, FeatureMaps above, ForwardRecord forward, FeatureMaps below) {
    float[] from = above.data();
    float[] to = below.data();
    float[] y = rule.gates() ? forward.value(output).data() : null;
    for (int i = 0; i < to.length; i++) {
      float signal = y == null ? from[i] : from[i] * gate(y[i]);
      to[i] = rule.rectifies() ? Math.max(0, signal) : signal;
    }
  }

  private float gate(float y) {
    return y > least && y < most ? 1 : y <= least ? slope : 0;
  }

  @Override
  public ReceptiveField field(int input, ReceptiveField above) {
    return above;
  }
}
