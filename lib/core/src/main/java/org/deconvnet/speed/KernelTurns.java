package org.deconvnet.speed;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngineProvider;
import org.deconvnet.engine.ConvolutionEngines;

/**
 * Times the kernels and the peak in turns, on one thread: others on the machine slow a core for
 * seconds at a time, down to 0.6, so one long look at a kernel may see nothing else. Not
 * thread-safe.
 */
public final class KernelTurns {
  private static final int ROUNDS = 100_000;

  private final ConvolutionEngineProvider provider;
  private final List<KernelWork> works = new ArrayList<>();
  private double sink;

  /**
   * @param engine a name, or {@code auto}
   */
  public KernelTurns(String engine) {
    provider = ConvolutionEngines.provider(engine);
    works.addAll(KernelWork.all(provider.create()));
    works.add(
        new KernelWork(
            "peak",
            "multiply-adds in registers",
            1e-9 * ROUNDS * provider.operationsPerRound(),
            () -> sink += provider.multiplyAdd(ROUNDS)));
  }

  /**
   * One turn over all. The JVM has compiled them after some turns.
   *
   * @param seconds about how long it takes; the second half of a kernel's share is timed
   * @return the kernels in a fixed order, and last the peak
   */
  public List<KernelSpeed> turn(double seconds) {
    double each = seconds / works.size();
    return works.stream().map(work -> work.taking(Stopwatch.median(each, work.run()))).toList();
  }

  /**
   * Each at its fastest.
   *
   * @param seconds about how long all turns take
   */
  List<KernelSpeed> fastest(int turns, double seconds) {
    List<KernelSpeed> fastest = turn(seconds / turns);
    for (int t = 1; t < turns; t++) {
      fastest = faster(fastest, turn(seconds / turns));
    }
    return fastest;
  }

  private static List<KernelSpeed> faster(List<KernelSpeed> a, List<KernelSpeed> b) {
    List<KernelSpeed> faster = new ArrayList<>();
    for (int k = 0; k < a.size(); k++) {
      faster.add(a.get(k).gflops() >= b.get(k).gflops() ? a.get(k) : b.get(k));
    }
    return faster;
  }
}
