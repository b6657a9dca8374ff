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
 * <p>Looks first for the largest tolerance that reaches the goal, which warms the JVM too, then
 * times codes from nothing several times and tells the mean: a solver made, its products of
 * filters, the code and its certificate.
 */
public final class CodingPeer {
  private static final String USAGE =
      "usage: CodingPeer IMAGES.npy FILTERS.npy LAMBDA GOAL RUNS [CODES.npy]\n"
          + "GOAL is an objective, summed over the images, or tolerance=T";
  private static final String TOLERANCE = "tolerance=";
  private static final double FIRST_TOLERANCE = 0.2;
  private static final double NEXT_TOLERANCE = 0.95;
  private static final double LAST_TOLERANCE = 1e-4;
  private static final double WARM_UP = 3;

  private final ConvolutionEngine engine = ConvolutionEngines.create(ConvolutionEngines.AUTO);
  private final List<FeatureMaps> images;
  private final FilterBank filters;
  private final double lambda;
  private List<CodedImage> coded = List.of();

  private CodingPeer(Path images, Path filters, double lambda) throws IOException {
    this.images = PeerArrays.images(images);
    this.filters = PeerArrays.filters(filters);
    this.lambda = lambda;
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 5 && args.length != 6) {
      System.err.println(USAGE);
      System.exit(2);
    }
    ProcessMeter meter = new ProcessMeter();
    CodingPeer peer =
        new CodingPeer(Path.of(args[0]), Path.of(args[1]), Double.parseDouble(args[2]));
    double tolerance = peer.tolerance(args[3]);
    ProcessMeter.Time time = peer.time(tolerance, Integer.parseInt(args[4]));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("who", "deconvnet");
    line.put("image", args[0]);
    line.put("lambda", peer.lambda);
    line.put("tolerance", tolerance);
    peer.tell(line);
    line.put("seconds", time.seconds());
    line.put("cpu_seconds", time.cpuSeconds());
    line.put("peak_mb", meter.peakMegabytes());
    System.out.println(new ObjectMapper().writeValueAsString(line));
    if (args.length == 6) {
      PeerArrays.write(Path.of(args[5]), peer.coded.get(0).code());
    }
  }

  /** The one that is given, or the largest of a falling row that reaches the objective. */
  private double tolerance(String goal) {
    if (goal.startsWith(TOLERANCE)) {
      return Double.parseDouble(goal.substring(TOLERANCE.length()));
    }
    double objective = Double.parseDouble(goal);
    for (double t = FIRST_TOLERANCE; t >= LAST_TOLERANCE; t *= NEXT_TOLERANCE) {
      code(t);
      if (objective() <= objective) {
        return t;
      }
    }
    throw new IllegalStateException(
        "expected an objective of at most %s, got %s at tolerance %s"
            .formatted(objective, objective(), LAST_TOLERANCE));
  }

  private ProcessMeter.Time time(double tolerance, int runs) {
    for (double spent = 0; spent < WARM_UP; ) {
      spent += ProcessMeter.time(1, () -> code(tolerance)).cpuSeconds();
    }
    return ProcessMeter.time(runs, () -> code(tolerance));
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

  private void tell(Map<String, Object> line) {
    line.put("F", objective());
    line.put("gap", coded.stream().mapToDouble(c -> c.certificate().gap()).sum());
    line.put("changes", coded.stream().mapToLong(c -> c.certificate().changes()).sum());
    line.put("entries", coded.stream().mapToInt(c -> c.code().entries()).sum());
    line.put("engine", engine.name());
  }
}
