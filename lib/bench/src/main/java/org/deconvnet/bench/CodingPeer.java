package org.deconvnet.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.operator.Boundary;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.solve.greedy.CodedImage;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.solve.greedy.LocallyGreedyDescent;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.SparseMaps;

/**
 * This library's side of {@code lib/bench/peers}: codes images with circular borders in one thread
 * and prints a JSON line.
 *
 * <p>Either looks for the largest tolerance that reaches an objective, or times codes from nothing
 * with a given one: a solver made, its products of filters, the code and its certificate. The first
 * code is timed alone, in a JVM that has compiled nothing yet; then, warm, the mean of several.
 */
public final class CodingPeer {
  private static final String USAGE =
      "usage: CodingPeer IMAGES.npy FILTERS.npy LAMBDA reach=F\n"
          + "       CodingPeer IMAGES.npy FILTERS.npy LAMBDA tolerance=T RUNS [CODES.npy]\n"
          + "F is an objective, summed over the images";
  private static final String REACH = "reach=";
  private static final String TOLERANCE = "tolerance=";
  private static final double FIRST_TOLERANCE = 0.2;
  private static final double NEXT_TOLERANCE = 0.95;
  private static final double LAST_TOLERANCE = 1e-4;
  private static final double WARM_UP = 3;

  private final ConvolutionEngine engine = ConvolutionEngines.create(ConvolutionEngines.AUTO);
  private final String name;
  private final List<FeatureMaps> images;
  private final FilterBank filters;
  private final double lambda;
  private List<CodedImage> coded = List.of();

  private CodingPeer(Path images, Path filters, double lambda) throws IOException {
    this.name = images.getFileName().toString();
    this.images = PeerArrays.images(images);
    this.filters = PeerArrays.filters(filters);
    this.lambda = lambda;
  }

  public static void main(String[] args) throws IOException {
    ProcessMeter meter = new ProcessMeter();
    if (args.length == 4 && args[3].startsWith(REACH)) {
      peer(args).reach(number(args[3]));
    } else if ((args.length == 5 || args.length == 6) && args[3].startsWith(TOLERANCE)) {
      CodingPeer peer = peer(args);
      peer.time(number(args[3]), Integer.parseInt(args[4]), meter);
      if (args.length == 6) {
        PeerArrays.write(Path.of(args[5]), peer.coded.get(0).code());
      }
    } else {
      System.err.println(USAGE);
      System.exit(2);
    }
  }

  private static CodingPeer peer(String[] args) throws IOException {
    return new CodingPeer(Path.of(args[0]), Path.of(args[1]), Double.parseDouble(args[2]));
  }

  private static double number(String setting) {
    return Double.parseDouble(setting.substring(setting.indexOf('=') + 1));
  }

  /** Tries a falling row of tolerances. */
  private void reach(double goal) throws IOException {
    for (double t = FIRST_TOLERANCE; t >= LAST_TOLERANCE; t *= NEXT_TOLERANCE) {
      code(t);
      if (objective() <= goal) {
        print(line(t));
        return;
      }
    }
    throw new IllegalStateException(
        "expected an objective of at most %s, got %s at tolerance %s"
            .formatted(goal, objective(), LAST_TOLERANCE));
  }

  private void time(double tolerance, int runs, ProcessMeter meter) throws IOException {
    ProcessMeter.Time first = ProcessMeter.time(1, () -> code(tolerance));
    for (double spent = 0; spent < WARM_UP; ) {
      spent += ProcessMeter.time(1, () -> code(tolerance)).cpuSeconds();
    }
    ProcessMeter.Time warm = ProcessMeter.time(runs, () -> code(tolerance));
    Map<String, Object> line = line(tolerance);
    line.put("first_seconds", first.seconds());
    line.put("first_cpu_seconds", first.cpuSeconds());
    line.put("seconds", warm.seconds());
    line.put("cpu_seconds", warm.cpuSeconds());
    line.put("peak_mb", meter.peakMegabytes());
    print(line);
  }

  private void code(double tolerance) {
    // One after the other, and nothing of the last time is kept while the next is at work.
    coded = List.of();
    LocallyGreedyDescent descent =
        new LocallyGreedyDescent(
            filters,
            Boundary.CIRCULAR,
            WeightedL1.alike(filters.maps(), lambda),
            DescentOptions.DEFAULT.withTolerance(tolerance),
            engine);
    coded = images.stream().map(y -> descent.code(y, start(y))).toList();
  }

  private SparseMaps start(FeatureMaps y) {
    return SparseMaps.zeros(Boundary.CIRCULAR.maps(filters, y.shape()));
  }

  private double objective() {
    return coded.stream().mapToDouble(c -> c.trace().objective()).sum();
  }

  private Map<String, Object> line(double tolerance) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("who", "deconvnet");
    line.put("image", name);
    line.put("lambda", lambda);
    line.put("tolerance", tolerance);
    line.put("F", objective());
    line.put("gap", coded.stream().mapToDouble(c -> c.certificate().gap()).sum());
    line.put("changes", coded.stream().mapToLong(c -> c.certificate().changes()).sum());
    line.put("entries", coded.stream().mapToInt(c -> c.code().entries()).sum());
    line.put("engine", engine.name());
    return line;
  }

  private static void print(Map<String, Object> line) throws IOException {
    System.out.println(new ObjectMapper().writeValueAsString(line));
  }
}
