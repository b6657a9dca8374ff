package org.deconvnet.speed;

import java.util.List;
import java.util.Locale;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.words.Count;

/**
 * What this machine does with one engine. Peak and kernels count by the fastest of their {@link
 * KernelTurns}.
 *
 * @param engine its name
 * @param java version of the JVM
 * @param peakGflops multiply-adds in registers on one thread, 10⁹ operations a second
 * @param kernels the dense operations on one thread
 * @param adnSecondsPerImage the 2011 network on one thread, with the densest codes
 * @param threads cores that the JVM sees
 * @param imagesPerSecond the same network on all of them at once
 */
public record SpeedReport(
    String engine,
    String java,
    double peakGflops,
    List<KernelSpeed> kernels,
    double adnSecondsPerImage,
    int threads,
    double imagesPerSecond) {

  private static final int TURNS = 5;

  /** Shares of the time: peak and kernels, the network on one thread and on all. */
  private static final double KERNELS = 0.6;

  private static final double ONE_THREAD = 0.2;
  private static final double ALL_THREADS = 0.2;

  /**
   * Measures for about so many seconds.
   *
   * @param engine a name, or {@code auto}
   */
  public static SpeedReport measure(String engine, double seconds) {
    List<KernelSpeed> speeds = new KernelTurns(engine).fastest(TURNS, seconds * KERNELS);
    int kernels = speeds.size() - 1;
    NetworkSpeed network = new NetworkSpeed();
    int threads = Runtime.getRuntime().availableProcessors();
    return new SpeedReport(
        ConvolutionEngines.provider(engine).name(),
        System.getProperty("java.version"),
        speeds.get(kernels).gflops(),
        speeds.subList(0, kernels),
        network.secondsPerImage(ConvolutionEngines.create(engine), seconds * ONE_THREAD),
        threads,
        network.imagesPerSecond(engine, threads, seconds * ALL_THREADS));
  }

  /** A peak that a kernel exceeds is none: the JVM had not compiled its loop. */
  private boolean peakMeasured() {
    return kernels.stream().allMatch(k -> k.gflops() <= peakGflops);
  }

  /** The table that a person reads. */
  public String table() {
    StringBuilder text = new StringBuilder();
    String peak = peakMeasured() ? "%.0f GFLOP/s".formatted(peakGflops) : "not measured";
    line(text, "engine %s, Java %s, one thread: peak %s", engine, java, peak);
    line(text, "%-22s %-16s %8s %6s", "channels->maps@side", "operation", "GFLOP/s", "share");
    for (KernelSpeed k : kernels) {
      String share = peakMeasured() ? "%.0f%%".formatted(100 * k.gflops() / peakGflops) : "?";
      line(text, "%-22s %-16s %8.1f %6s", k.shape(), k.op(), k.gflops(), share);
    }
    line(
        text,
        "2011 network, 150x150, 4 layers, densest codes: %.4f s an image on one thread",
        adnSecondsPerImage);
    line(text, "%s: %.1f images a second", Count.of(threads, "thread"), imagesPerSecond);
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
