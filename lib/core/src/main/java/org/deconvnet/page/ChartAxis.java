package org.deconvnet.page;

import java.util.ArrayList;
import java.util.List;

/** The vertical axis of a line chart: its range, where a value lies in it, its ticks. */
final class ChartAxis {
  private static final double[] NICE = {1, 2, 5, 10};

  /** Steps below this could underflow to 0, and stepping would never end. */
  static final double TINY = 1e-300;

  private final boolean log;
  private final double low;
  private final double high;

  /** An axis from {@code min} to {@code max}, widened where they are (almost) the same number. */
  ChartAxis(double min, double max, boolean log) {
    this.log = log;
    double size = Math.max(Math.abs(min), Math.abs(max));
    // Below this width neither the coordinates nor the labels could tell two values apart.
    boolean flat = max - min <= Math.max(1e-9 * size, TINY);
    double margin = flat ? (size < TINY ? 1 : size / 10) : log ? 0 : (max - min) / 20;
    this.low = min - margin;
    this.high = max + margin;
  }

  /** 0 at the bottom of the axis, 1 at its top. */
  double position(double value) {
    double from = map(low);
    return (map(value) - from) / (map(high) - from);
  }

  private double map(double value) {
    return log ? Math.log10(value) : value;
  }

  /** At least one and at most about ten values within the range, rising. */
  List<Double> ticks() {
    List<Double> ticks = log ? logTicks() : List.of();
    return ticks.size() >= 3 ? ticks : evenTicks();
  }

  private List<Double> evenTicks() {
    double step = step();
    List<Double> ticks = new ArrayList<>();
    long first = (long) Math.ceil(low / step);
    for (long i = first; i * step <= high; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** The smallest of 1, 2, 5 times a power of ten that cuts the range into at most six parts. */
  private double step() {
    double rough = (high - low) / 6;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double nice : NICE) {
      if (nice * power >= rough) {
        return nice * power;
      }
    }
    return 10 * power;
  }

  /**
   * Powers of ten; every second, third ... of them in a wide range, 2 and 5 too in a narrow one.
   */
  private List<Double> logTicks() {
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.ceil(Math.log10(high));
    int stride = 1 + (last - first) / 8;
    int perDecade = last - first <= 3 ? 3 : 1;
    List<Double> ticks = new ArrayList<>();
    for (int decade = first; decade <= last; decade += stride) {
      for (int i = 0; i < perDecade; i++) {
        double value = NICE[i] * Math.pow(10, decade);
        if (value >= low && value <= high) {
          ticks.add(value);
        }
      }
    }
    return ticks;
  }

  /** Labels of {@link #ticks()} with as many digits as it takes to tell neighbours apart. */
  List<String> labels() {
    List<Double> ticks = ticks();
    double closest = high - low;
    for (int i = 1; i < ticks.size(); i++) {
      closest = Math.min(closest, ticks.get(i) - ticks.get(i - 1));
    }
    double step = closest;
    double size = Math.max(Math.abs(low), Math.abs(high));
    return ticks.stream()
        .map(t -> size < 1e6 && step >= 1e-4 ? plain(t, step) : power(t, step))
        .toList();
  }

  private static String plain(double tick, double step) {
    int decimals = Math.max(0, -exponent(step));
    return Markup.fill("%." + decimals + "f", tick == 0 ? 0 : tick);
  }

  private static String power(double tick, double step) {
    if (tick == 0) {
      return "0";
    }
    int digits = Math.max(0, exponent(tick) - exponent(step));
    String text = Markup.fill("%." + digits + "e", tick);
    return text.replaceFirst("\\.?0*e", "e").replaceFirst("e\\+?(-?)0*(\\d)", "e$1$2");
  }

  private static int exponent(double value) {
    // A step such as 0.1 may be a hair below the power of ten it stands for.
    return (int) Math.floor(Math.log10(Math.abs(value)) + 1e-9);
  }
}
