package org.deconvnet.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.conv.ConvolutionEngines;
import org.deconvnet.infer.NetworkInference;
import org.deconvnet.layer.Network;
import org.deconvnet.tensor.FeatureMaps;

/** Times inference of the {@link AdaptiveNetwork}. */
final class NetworkSpeed {
  private final Network network = AdaptiveNetwork.densest();
  private final FeatureMaps image = AdaptiveNetwork.noiseImage();

  double secondsPerImage(ConvolutionEngine engine, double seconds) {
    NetworkInference inference = new NetworkInference(engine, network);
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
    NetworkInference inference = new NetworkInference(engine, network);
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
