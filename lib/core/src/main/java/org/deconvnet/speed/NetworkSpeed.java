package org.deconvnet.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.conv.ConvolutionEngines;
import org.deconvnet.infer.NetworkInference;
import org.deconvnet.layer.Layer;
import org.deconvnet.layer.Network;
import org.deconvnet.learn.FilterInitializer;
import org.deconvnet.pool.PoolSize;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Inference of the network of Zeiler et al., ICCV 2011 (table 1): a grey image of 150 × 150,
 * filters of 7 × 7, 15, 50, 100 and 150 maps, pooling over 3 × 3 × {3, 2, 2, 1}, ten ISTA steps a
 * layer.
 *
 * <p>Filters and image are noise, and λ is so large that shrinkage leaves every pooled value
 * standing: the most work that the architecture can ask for. Learned codes are sparser and cost
 * less.
 */
final class NetworkSpeed {
  private static final int[] MAPS = {15, 50, 100, 150};
  private static final int[] POOL = {3, 2, 2, 1};
  private static final double[] STEPS = {1e-2, 1e-3, 1e-4, 1e-5};
  private static final double LAMBDA = 1e9;
  private static final Shape IMAGE = new Shape(1, 150, 150);

  private final Network network;
  private final FeatureMaps image;

  NetworkSpeed() {
    List<Layer> layers = new ArrayList<>();
    int channels = IMAGE.maps();
    for (int l = 0; l < MAPS.length; l++) {
      PoolSize pool = new PoolSize(3, 3, POOL[l]);
      layers.add(
          new Layer(
              FilterInitializer.gaussian(Connectivity.full(MAPS[l], channels), 7, l),
              pool,
              LAMBDA,
              10,
              STEPS[l]));
      channels = (MAPS[l] + POOL[l] - 1) / POOL[l];
    }
    network = new Network(layers);
    image = KernelSpeed.noise(IMAGE, new Random(1));
  }

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
