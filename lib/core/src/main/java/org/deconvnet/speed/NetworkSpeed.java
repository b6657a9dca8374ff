package org.deconvnet.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.adaptive.AdaptiveInference;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.tensor.FeatureMaps;

/** Times inference of the {@link BenchmarkedNetwork}. */
final class NetworkSpeed {
  private final AdaptiveNetwork network = BenchmarkedNetwork.densest();
  private final FeatureMaps image = BenchmarkedNetwork.noiseImage();

  double secondsPerImage(ConvolutionEngine engine, double seconds) {
    AdaptiveInference inference = new AdaptiveInference(engine, network);
    return Stopwatch.median(seconds, () -> inference.codes(image));
  }

  /** With as many threads as given, each with its own engine. */
  double imagesPerSecond(String engine, int threads, double seconds) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Double>> tasks = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        tasks.add(() -> imagesPerSecond(ConvolutionEngines.create(engine), seconds));
      }
      double sum = 0;
      for (Future<Double> rate : pool.invokeAll(tasks)) {
        sum += rate.get();
      }
      return sum;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the measurement was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the measurement failed: " + e.getCause(), e);
    } finally {
      pool.shutdownNow();
    }
  }

  private double imagesPerSecond(ConvolutionEngine engine, double seconds) {
    AdaptiveInference inference = new AdaptiveInference(engine, network);
    inference.codes(image);
    long start = System.nanoTime();
    int images = 0;
    double elapsed = 0;
    while (elapsed < seconds) {
      inference.codes(image);
      images++;
      elapsed = (System.nanoTime() - start) / 1e9;
    }
    return images / elapsed;
  }
}
