package org.deconvnet.network.gradient;

import java.util.List;
import org.deconvnet.network.gradient.plan.Part;

/**
 * Batch normalisation over the ghost group. With x̂ = (x − μ)/s, s = √(σ² + ε), m numbers in a map
 * of the group and a bar for gradients,
 *
 * <pre>
 * y = γ x̂ + β
 * γ̄ = Σ ȳ x̂,   β̄ = Σ ȳ
 * x̄ = γ/(m s) · (m ȳ − β̄ − x̂ γ̄)
 * </pre>
 *
 * <p>Sums are in double precision. The variance that inference uses has m − 1 in its place, as
 * PyTorch has it. Source: Ioffe and Szegedy, ICML 2015, section 3.
 */
final class NormalizationLayer implements Layer {
  private final double epsilon;
  private final Part gainPart;
  private final Part shiftPart;
  private final Part meanPart;
  private final Part variancePart;
  private final float[] gain;
  private final float[] shift;
  private final float[] runningMean;
  private final float[] runningVariance;
  private final double[] mean;
  private final double[] variance;
  private final Signal in;
  private final Signal out;

  /**
   * @param parameters gain and shift
   * @param statistics mean and variance
   */
  NormalizationLayer(
      double epsilon, List<Part> parameters, List<Part> statistics, Signal in, Signal out) {
    this.epsilon = epsilon;
    gainPart = parameters.get(0);
    shiftPart = parameters.get(1);
    meanPart = statistics.get(0);
    variancePart = statistics.get(1);
    gain = new float[gainPart.size()];
    shift = new float[gain.length];
    runningMean = new float[gain.length];
    runningVariance = new float[gain.length];
    mean = new double[gain.length];
    variance = new double[gain.length];
    this.in = in;
    this.out = out;
  }

  @Override
  public void setParameters(float[] all) {
    System.arraycopy(all, gainPart.offset(), gain, 0, gain.length);
    System.arraycopy(all, shiftPart.offset(), shift, 0, shift.length);
  }

  @Override
  public void setStatistics(float[] all) {
    System.arraycopy(all, meanPart.offset(), runningMean, 0, gain.length);
    System.arraycopy(all, variancePart.offset(), runningVariance, 0, gain.length);
  }

  @Override
  public void getStatistics(float[] all) {
    int numbers = in.value().plane();
    double unbiased = numbers > 1 ? numbers / (numbers - 1.0) : 1;
    for (int c = 0; c < gain.length; c++) {
      all[meanPart.offset() + c] = (float) mean[c];
      all[variancePart.offset() + c] = (float) (variance[c] * unbiased);
    }
  }

  @Override
  public void train() {
    for (int c = 0; c < gain.length; c++) {
      measure(in.value().data(), c);
      normalize(c, mean[c], variance[c]);
    }
  }

  @Override
  public void infer() {
    for (int c = 0; c < gain.length; c++) {
      normalize(c, runningMean[c], runningVariance[c]);
    }
  }

  private void measure(float[] x, int map) {
    int numbers = in.value().plane();
    int first = map * numbers;
    double sum = 0;
    for (int i = first; i < first + numbers; i++) {
      sum += x[i];
    }
    double centre = sum / numbers;
    double squares = 0;
    for (int i = first; i < first + numbers; i++) {
      double away = x[i] - centre;
      squares += away * away;
    }
    mean[map] = centre;
    variance[map] = squares / numbers;
  }

  private void normalize(int map, double centre, double spread) {
    float scale = (float) (gain[map] / Math.sqrt(spread + epsilon));
    float middle = (float) centre;
    float[] x = in.value().data();
    float[] y = out.value().data();
    int numbers = in.value().plane();
    for (int i = map * numbers; i < (map + 1) * numbers; i++) {
      y[i] = (x[i] - middle) * scale + shift[map];
    }
  }

  @Override
  public void backward(float[] parameters) {
    for (int c = 0; c < gain.length; c++) {
      backward(c, parameters);
    }
    if (in.wanted()) {
      in.received();
    }
  }

  private void backward(int map, float[] parameters) {
    float[] x = in.value().data();
    float[] outer = out.gradient().data();
    int numbers = in.value().plane();
    float middle = (float) mean[map];
    double inverse = 1 / Math.sqrt(variance[map] + epsilon);
    double shiftGradient = 0;
    double product = 0;
    for (int i = map * numbers; i < (map + 1) * numbers; i++) {
      shiftGradient += outer[i];
      product += (double) outer[i] * (x[i] - middle);
    }
    double gainGradient = product * inverse;
    if (parameters != null) {
      parameters[gainPart.offset() + map] = (float) gainGradient;
      parameters[shiftPart.offset() + map] = (float) shiftGradient;
    }
    if (in.wanted()) {
      float scale = (float) (gain[map] * inverse);
      float slope = (float) (gainGradient * inverse / numbers);
      spread(map, scale, middle, slope, (float) (shiftGradient / numbers));
    }
  }

  /** {@code x̄ = scale (ȳ − level − slope (x − μ))}. */
  private void spread(int map, float scale, float middle, float slope, float level) {
    float[] x = in.value().data();
    float[] outer = out.gradient().data();
    float[] inner = in.receiving().data();
    int numbers = in.value().plane();
    for (int i = map * numbers; i < (map + 1) * numbers; i++) {
      inner[i] = scale * (outer[i] - level - slope * (x[i] - middle));
    }
  }
}
