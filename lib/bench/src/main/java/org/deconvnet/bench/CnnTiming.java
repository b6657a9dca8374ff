package org.deconvnet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.Activation;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.network.cnn.ForwardPass;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Times a network of an ONNX file on images of noise. {@code down}: one image forward by ONNX
 * Runtime, and one activation of each layer down, in turns, on one thread. {@code forward}: images
 * a second that ONNX Runtime alone computes on so many threads, in batches.
 */
public final class CnnTiming {
  private static final String USAGE =
      "usage: CnnTiming down NETWORK.onnx ROUNDS\n"
          + "       CnnTiming forward NETWORK.onnx LAYER IMAGES BATCH THREADS ROUNDS";
  private static final int EACH = 20;
  private static final double NANOSECONDS = 1e9;

  private CnnTiming() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 3 && args[0].equals("down")) {
      down(read(args[1], List.of()).withinReach(), Integer.parseInt(args[2]));
    } else if (args.length == 7 && args[0].equals("forward")) {
      forward(
          read(args[1], List.of(args[2])),
          Integer.parseInt(args[3]),
          Integer.parseInt(args[4]),
          Integer.parseInt(args[5]),
          Integer.parseInt(args[6]));
    } else {
      System.err.println(USAGE);
      System.exit(2);
    }
  }

  private static CnnNetwork read(String file, List<String> layers) throws IOException {
    return CnnNetwork.read(
        file, Files.readAllBytes(Path.of(file)), CnnOptions.DEFAULTS.withLayers(layers));
  }

  private static FeatureMaps noise(CnnNetwork network) {
    Random random = new Random(1);
    FeatureMaps image = FeatureMaps.zeros(network.imageShape());
    for (int i = 0; i < image.data().length; i++) {
      image.data()[i] = random.nextFloat();
    }
    return image;
  }

  /** The first rounds are of code that is not compiled yet. */
  private static void down(CnnNetwork network, int rounds) {
    FeatureMaps image = noise(network);
    List<FeatureMaps> input = List.of(network.input(image));
    ForwardPass forward = network.forward();
    LayerActivations activations =
        network.activations(ConvolutionEngines.create(ConvolutionEngines.AUTO));
    activations.infer(image);
    for (int round = 1; round <= rounds; round++) {
      double once = seconds(() -> forward.run(input), EACH);
      StringBuilder line = new StringBuilder();
      double sum = 0;
      for (int number = 1; number <= network.depth(); number++) {
        double down = down(activations, number);
        sum += down;
        line.append(String.format(Locale.ROOT, " %.2f", down / once));
      }
      System.out.printf(
          Locale.ROOT,
          "round %d: forward %.2f ms; down, as a multiple of it: mean %.2f, by layer%s%n",
          round,
          1000 * once,
          sum / network.depth() / once,
          line);
    }
  }

  /** Seconds an activation, a mean over some maps. */
  private static double down(LayerActivations activations, int number) {
    List<Activation> strongest =
        activations.strongestOfMaps(number).stream()
            .filter(one -> one.value() != 0)
            .limit(EACH)
            .toList();
    return seconds(() -> strongest.forEach(one -> activations.inPixels(number, one)), 1)
        / Math.max(1, strongest.size());
  }

  private static double seconds(Runnable work, int times) {
    long began = System.nanoTime();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    return (System.nanoTime() - began) / NANOSECONDS / times;
  }

  private static void forward(CnnNetwork network, int images, int batch, int threads, int rounds)
      throws InterruptedException, ExecutionException {
    List<FeatureMaps> inputs = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      inputs.add(network.input(noise(network)));
    }
    ForwardPass forward = network.forward();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    for (int round = 1; round <= rounds; round++) {
      long began = System.nanoTime();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < images; i += batch) {
        all.add(pool.submit(() -> forward.run(inputs)));
      }
      for (Future<?> one : all) {
        one.get();
      }
      double seconds = (System.nanoTime() - began) / NANOSECONDS;
      System.out.printf(
          Locale.ROOT, "round %d: %.1f images a second%n", round, all.size() * batch / seconds);
    }
    pool.shutdown();
  }
}
