package org.deconvnet.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deconvnet.tensor.Checks;

/**
 * Named series over x = 1..n as SVG text, 480 x 320: the objective over epochs, for example. Text
 * and axes take the colour of the page. Lines differ in colour and dashes, so that they can be told
 * apart in print and by colour-blind readers. The same series give the same text.
 */
public final class LineChart {
  /** How values are spread along the vertical axis. */
  public enum Scale {
    LINEAR,
    LOG
  }

  private final String xLabel;
  private final String yLabel;
  private final Scale scale;
  private final Map<String, double[]> series = new LinkedHashMap<>();

  /** An empty chart; {@code xLabel} and {@code yLabel} name the axes. */
  public LineChart(String xLabel, String yLabel, Scale scale) {
    this.xLabel = xLabel;
    this.yLabel = yLabel;
    this.scale = scale;
  }

  /**
   * Adds a line through (1, values[0]), (2, values[1]), ...
   *
   * @param values at least one; as many as in the other series; finite and below 1e300; above 0 on
   *     a logarithmic axis
   * @throws IllegalArgumentException if the values break the rules above or the name is taken
   */
  public LineChart series(String name, double... values) {
    String what = "line chart: series '%s'".formatted(name);
    Checks.atLeast(what + ": values", 1, values.length);
    for (double[] other : series.values()) {
      Checks.equal(what + ": values", other.length, values.length);
    }
    for (int i = 0; i < values.length; i++) {
      check(what + ", value " + (i + 1), values[i]);
    }
    if (series.putIfAbsent(name, values.clone()) != null) {
      throw new IllegalArgumentException(what + ": expected a new name, got one already drawn");
    }
    return this;
  }

  private void check(String what, double value) {
    if (!(Math.abs(value) < 1e300)) {
      throw new IllegalArgumentException(
          "%s: expected a finite number below 1e300, got %s".formatted(what, value));
    }
    if (scale == Scale.LOG && value < ChartAxis.TINY) {
      throw new IllegalArgumentException(
          "%s: expected a number above 0 on a logarithmic axis, got %s; use a linear axis"
              .formatted(what, value));
    }
  }

  /**
   * The chart as one {@code <svg>} element, with one {@code <polyline>} per series.
   *
   * @throws IllegalArgumentException if no series was added
   */
  public String toSvg() {
    Checks.atLeast("line chart: series", 1, series.size());
    ChartAxis axis = axis();
    String unit = yLabel + (scale == Scale.LOG ? " (logarithmic)" : "");
    return new LineChartSvg(xLabel, unit, axis, List.copyOf(series.keySet()))
        .draw(List.copyOf(series.values()));
  }

  private ChartAxis axis() {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double[] line : series.values()) {
      for (double value : line) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    return new ChartAxis(min, max, scale == Scale.LOG);
  }
}
