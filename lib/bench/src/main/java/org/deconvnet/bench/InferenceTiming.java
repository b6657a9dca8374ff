package org.deconvnet.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.adaptive.AdaptiveFormat;
import org.deconvnet.network.adaptive.AdaptiveInference;
import org.deconvnet.network.adaptive.AdaptiveLayer;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.preprocess.Preprocessor;
import org.deconvnet.solve.Shrinkage;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.store.FolderFiles;
import org.deconvnet.store.NpyFormat;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Codes photographs by a network of 2011, on one thread, and prints seconds an image and each
 * layer's relative error ‖e‖/‖y‖. Photographs become squares of 150 pixels, which are written down
 * for another program to code the same. Seconds are the median over the second half of the time,
 * when all is compiled.
 */
public final class InferenceTiming {
  private static final Map<String, Shrinkage> WAYS =
      Map.of(
          "ista", Shrinkage.PLAIN,
          "momentum", new Shrinkage(true, false),
          "refit", new Shrinkage(false, true),
          "both", new Shrinkage(true, true));
  private static final int PHOTOGRAPHS = 5;
  private static final double NANOSECONDS = 1e9;

  private InferenceTiming() {}

  public static void main(String[] args) throws IOException {
    if (args.length <= PHOTOGRAPHS || !WAYS.containsKey(args[1])) {
      System.err.println(
          "usage: InferenceTiming NETWORK-FOLDER ista|momentum|refit|both ITERATIONS SECONDS IMAGES.npy PHOTO...");
      System.exit(2);
    }
    AdaptiveNetwork learned = AdaptiveFormat.read(new FolderFiles(Path.of(args[0])));
    AdaptiveInference inference =
        new AdaptiveInference(
            ConvolutionEngines.create(ConvolutionEngines.AUTO),
            network(learned, Integer.parseInt(args[2]), WAYS.get(args[1])));
    List<FeatureMaps> images = images(Arrays.asList(args).subList(PHOTOGRAPHS, args.length));
    write(Path.of(args[4]), images);
    double seconds = seconds(inference, images, Double.parseDouble(args[3]));
    System.out.printf(Locale.ROOT, "%.4f%s%n", seconds, errors(inference, images));
  }

  /** The same filters, pooling, λ and steps, inferred in another way. */
  static AdaptiveNetwork network(AdaptiveNetwork learned, int iterations, Shrinkage way) {
    return new AdaptiveNetwork(
        learned.layers().stream()
            .map(
                layer ->
                    new AdaptiveLayer(
                        layer.filters(),
                        layer.pool(),
                        layer.lambda(),
                        iterations,
                        layer.step(),
                        way))
            .toList());
  }

  private static List<FeatureMaps> images(List<String> photographs) throws IOException {
    Preprocessor preprocessor = new Preprocessor(PreprocessOptions.DEFAULTS.withPadToSquare(true));
    List<FeatureMaps> images = new ArrayList<>();
    for (String photograph : photographs) {
      images.add(
          preprocessor.decode(Files.readAllBytes(Path.of(photograph)), DecodeLimits.DEFAULT));
    }
    return images;
  }

  private static void write(Path file, List<FeatureMaps> images) throws IOException {
    FeatureMaps first = images.get(0);
    try (OutputStream out = Files.newOutputStream(file)) {
      NpyFormat.begin(out, images.size(), first.height(), first.width());
      for (FeatureMaps image : images) {
        NpyFormat.append(out, image.data());
      }
    }
  }

  private static double seconds(
      AdaptiveInference inference, List<FeatureMaps> images, double least) {
    List<Double> measured = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; System.nanoTime() - begin < least * NANOSECONDS; i++) {
      long start = System.nanoTime();
      inference.codes(images.get(i % images.size()));
      measured.add((System.nanoTime() - start) / NANOSECONDS);
    }
    double[] late =
        measured.subList(measured.size() / 2, measured.size()).stream()
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    return late[late.length / 2];
  }

  private static String errors(AdaptiveInference inference, List<FeatureMaps> images) {
    double energy = 0;
    double[] errors = new double[0];
    for (FeatureMaps image : images) {
      List<SparseCode> codes = inference.codes(image);
      errors = Arrays.copyOf(errors, codes.size());
      for (int l = 0; l < errors.length; l++) {
        errors[l] += codes.get(l).trace().squaredError();
      }
      energy += image.squaredNorm();
    }
    StringBuilder text = new StringBuilder();
    for (double error : errors) {
      text.append(String.format(Locale.ROOT, " %.4f", Math.sqrt(error / energy)));
    }
    return text.toString();
  }
}
