package org.deconvnet.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.adaptive.AdaptiveFormat;
import org.deconvnet.network.adaptive.AdaptiveInference;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.preprocess.Preprocessor;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.Shrinkage;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.store.FolderFiles;
import org.deconvnet.tensor.FeatureMaps;

/**
 * How well a network of 2011 reconstructs photographs after so many iterations in every layer, by
 * the paper's steps, with momentum, and refitted. Prints a line each: the way, iterations, and for
 * every layer the relative error ‖e‖/‖y‖ over all photographs and the objective as a share of that
 * of no code. Then seconds an image of each way on a processor, in turns.
 */
public final class InferenceCurve {
  private static final String USAGE = "usage: InferenceCurve NETWORK-FOLDER PHOTO...";
  private static final int[] ITERATIONS = {5, 10, 12, 15, 20, 30, 60};
  private static final int TIMED = 10;
  private static final int TURNS = 5;
  private static final double NANOSECONDS = 1e9;

  private final ConvolutionEngine engine = ConvolutionEngines.create(ConvolutionEngines.AUTO);
  private final AdaptiveNetwork network;
  private final List<FeatureMaps> images = new ArrayList<>();

  private InferenceCurve(Path folder, List<Path> photographs) throws IOException {
    network = AdaptiveFormat.read(new FolderFiles(folder));
    Preprocessor preprocessor = new Preprocessor(PreprocessOptions.DEFAULTS);
    for (Path photograph : photographs) {
      images.add(preprocessor.decode(Files.readAllBytes(photograph), DecodeLimits.DEFAULT));
    }
  }

  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      System.err.println(USAGE);
      System.exit(2);
    }
    List<Path> photographs = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      photographs.add(Path.of(args[i]));
    }
    new InferenceCurve(Path.of(args[0]), photographs).print();
  }

  private void print() {
    Map<String, Shrinkage> ways = new LinkedHashMap<>();
    ways.put("ista", Shrinkage.PLAIN);
    ways.put("momentum", new Shrinkage(true, false));
    ways.put("refit", new Shrinkage(false, true));
    ways.put("both", new Shrinkage(true, true));
    ways.forEach((name, way) -> curve(name, way));
    for (int turn = 1; turn <= TURNS; turn++) {
      ways.forEach((name, way) -> time(name, way));
    }
  }

  private void curve(String name, Shrinkage way) {
    for (int iterations : ITERATIONS) {
      System.out.println(
          name + "," + iterations + line(InferenceTiming.network(network, iterations, way)));
    }
  }

  private void time(String name, Shrinkage way) {
    AdaptiveInference inference =
        new AdaptiveInference(engine, InferenceTiming.network(network, TIMED, way));
    inference.codes(images.get(0));
    ThreadMXBean processor = ManagementFactory.getThreadMXBean();
    long start = processor.getCurrentThreadCpuTime();
    images.forEach(inference::codes);
    double seconds = (processor.getCurrentThreadCpuTime() - start) / NANOSECONDS / images.size();
    System.out.printf(Locale.ROOT, "%s,%d iterations,%.4f s an image%n", name, TIMED, seconds);
  }

  private String line(AdaptiveNetwork asked) {
    AdaptiveInference inference = new AdaptiveInference(engine, asked);
    double[] errors = new double[asked.depth()];
    double[] objectives = new double[asked.depth()];
    double energy = 0;
    for (FeatureMaps image : images) {
      List<SparseCode> codes = inference.codes(image);
      for (int l = 0; l < errors.length; l++) {
        CodeTrace trace = codes.get(l).trace();
        errors[l] += trace.squaredError();
        objectives[l] += trace.objective();
      }
      energy += image.squaredNorm();
    }
    StringBuilder line = new StringBuilder();
    for (int l = 0; l < errors.length; l++) {
      double none = asked.layer(l + 1).lambda() / 2 * energy;
      line.append(
          String.format(
              Locale.ROOT, ",%.4f,%.4f", Math.sqrt(errors[l] / energy), objectives[l] / none));
    }
    return line.toString();
  }
}
