package org.deconvnet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.operator.Boundary;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.preprocess.Preprocessor;
import org.deconvnet.solve.greedy.CodedImage;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.solve.greedy.ImageSolver;
import org.deconvnet.solve.greedy.LocallyGreedyDescent;
import org.deconvnet.solve.splitting.Admm;
import org.deconvnet.solve.splitting.FistaCoding;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.SparseMaps;

/**
 * The solvers of {@code model: csc} beside each other: one photograph, prepared as {@code
 * conf/csc.yaml} has it, coded from zeros at several λ, with all pixels seen and with half of them
 * hidden at random. Prints a row of a table each. Each is timed once warm.
 */
public final class SolverPeer {
  private static final String USAGE =
      "usage: SolverPeer FILTERS.npy COUNT PHOTO TOLERANCE ITERATIONS LAMBDA...\n"
          + "COUNT filters of the file are taken, the first ones; LAMBDA is a share of the largest useful one";

  private final ConvolutionEngine engine = ConvolutionEngines.create(ConvolutionEngines.AUTO);
  private final FilterBank filters;
  private final FeatureMaps image;
  private final FeatureMaps mask;
  private final DescentOptions options;
  private final int iterations;

  private SolverPeer(String[] args) throws IOException {
    filters = first(Integer.parseInt(args[1]), PeerArrays.filters(Path.of(args[0])));
    PreprocessOptions grey = PreprocessOptions.DEFAULTS.withLongestSide(0).withDeviationFloor(1);
    image =
        new Preprocessor(grey).decode(Files.readAllBytes(Path.of(args[2])), DecodeLimits.DEFAULT);
    mask = halfOf(image);
    options = new DescentOptions(Double.parseDouble(args[3]), 10_000);
    iterations = Integer.parseInt(args[4]);
  }

  private static FilterBank first(int count, FilterBank all) {
    int numbers = count * all.side() * all.side();
    return FilterBank.of(
        Connectivity.full(count, 1), all.side(), Arrays.copyOf(all.data(), numbers));
  }

  private static FeatureMaps halfOf(FeatureMaps image) {
    Random random = new Random(1);
    FeatureMaps mask = FeatureMaps.zeros(image.shape());
    for (int i = 0; i < mask.data().length; i++) {
      mask.data()[i] = random.nextInt(2);
    }
    return mask;
  }

  public static void main(String[] args) throws IOException {
    if (args.length < 6) {
      System.err.println(USAGE);
      System.exit(2);
    }
    SolverPeer peer = new SolverPeer(args);
    System.out.printf(
        Locale.ROOT,
        "%s filters, image %s%n| λ | seen | solver | F | gap, %% | largest move, share of λ | changes, iterations | non-zeros | CPU s |%n",
        peer.filters.maps(),
        peer.image.shape());
    for (int i = 5; i < args.length; i++) {
      peer.compare(Double.parseDouble(args[i]), null);
      peer.compare(Double.parseDouble(args[i]), peer.mask);
    }
  }

  private void compare(double share, FeatureMaps hidden) {
    WeightedL1 unit = WeightedL1.alike(filters.maps(), 1);
    double most =
        new LocallyGreedyDescent(filters, Boundary.FULL, unit, options, engine)
            .excess(image, hidden);
    WeightedL1 penalty = WeightedL1.alike(filters.maps(), share * most);
    LocallyGreedyDescent greedy =
        new LocallyGreedyDescent(filters, Boundary.FULL, penalty, options, engine);
    ImageSolver fista =
        new FistaCoding(filters, Boundary.FULL, penalty, greedy, iterations, engine);
    ImageSolver admm = new Admm(filters, Boundary.FULL, penalty, greedy, iterations, engine);
    time(share, hidden, "greedy", greedy, penalty);
    time(share, hidden, "fista", fista, penalty);
    time(share, hidden, "admm", admm, penalty);
  }

  private void time(
      double share, FeatureMaps hidden, String name, ImageSolver solver, WeightedL1 penalty) {
    SparseMaps zeros = SparseMaps.zeros(Boundary.FULL.maps(filters, image.shape()));
    CodedImage[] coded = new CodedImage[1];
    Runnable code = () -> coded[0] = solver.code(image, hidden, zeros);
    code.run();
    ProcessMeter.Time time = ProcessMeter.time(1, code);
    CodedImage found = coded[0];
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %.5f | %.3f | %.4f | %d | %d | %.2f |%n",
        share,
        hidden == null ? "all" : "half",
        name,
        found.trace().objective(),
        100 * found.certificate().gap() / found.trace().objective(),
        found.certificate().largestMove() / penalty.largest(),
        found.certificate().changes(),
        found.code().entries(),
        time.cpuSeconds());
  }
}
