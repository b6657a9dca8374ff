package org.deconvnet.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.LayerLearning;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.LocalBatch;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.csc.AtomGroup;
import org.deconvnet.network.csc.CodingOptions;
import org.deconvnet.network.csc.CscCoding;
import org.deconvnet.network.csc.CscImage;
import org.deconvnet.network.csc.CscNetworkLearning;
import org.deconvnet.network.csc.CscOptions;
import org.deconvnet.operator.Boundary;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.store.NpyFormat;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * This library's learner for {@code lib/bench/peers}: learns filters from given ones with circular
 * borders, all images a round, in one thread. After each round it writes the filters and prints a
 * JSON line; writing is in no time.
 */
public final class LearningPeer {
  private static final String USAGE =
      "usage: LearningPeer IMAGES.npy FILTERS.npy LAMBDA OUT ROUNDS [warm]\n"
          + "warm: learns twice, and tells the second time alone";

  private final ConvolutionEngine engine = ConvolutionEngines.create(ConvolutionEngines.AUTO);
  private final List<FeatureMaps> images;
  private final FilterBank start;
  private final CscOptions options;
  private final Path out;
  private final ProcessMeter meter;

  /** Of the rounds so far. */
  private double seconds;

  private double cpuSeconds;

  private LearningPeer(String[] args, ProcessMeter meter) throws IOException {
    this.images = PeerArrays.images(Path.of(args[0]));
    this.start = PeerArrays.filters(Path.of(args[1]));
    this.options = options(start, Double.parseDouble(args[2]), Integer.parseInt(args[4]));
    this.out = Files.createDirectories(Path.of(args[3]));
    this.meter = meter;
  }

  private static CscOptions options(FilterBank start, double lambda, int rounds) {
    return new CscOptions(
        new CodingOptions(
            List.of(new AtomGroup(start.maps(), start.side(), 1)),
            lambda,
            false,
            Boundary.CIRCULAR,
            false,
            DescentOptions.DEFAULT),
        rounds,
        0,
        0);
  }

  public static void main(String[] args) throws IOException {
    ProcessMeter meter = new ProcessMeter();
    if (args.length != 5 && args.length != 6) {
      System.err.println(USAGE);
      System.exit(2);
    }
    LearningPeer peer = new LearningPeer(args, meter);
    if (args.length == 6) {
      peer.learn(false);
    }
    peer.learn(true);
  }

  private void learn(boolean told) {
    seconds = 0;
    cpuSeconds = 0;
    List<CscImage> named = new ArrayList<>();
    for (FeatureMaps image : images) {
      named.add(new CscImage("image" + named.size(), image));
    }
    LayerLearning<CscImage, CscCoding> learning =
        CscNetworkLearning.from(start, options, engine, 1);
    List<LocalBatch<CscImage, CscCoding>> batches = List.of(new LocalBatch<>(engine, true, named));
    LayerState state = learning.start();
    while (state.epoch() <= options.epochs()) {
      state = round(learning, batches, state);
      if (told) {
        tell(state);
      }
    }
  }

  private LayerState round(
      LayerLearning<CscImage, CscCoding> learning,
      List<LocalBatch<CscImage, CscCoding>> batches,
      LayerState from) {
    LayerState[] to = new LayerState[1];
    ProcessMeter.Time time =
        ProcessMeter.time(
            1,
            () -> {
              LayerState done = learning.round(from, batches.get(0), 1);
              batches.get(0).release();
              to[0] = learning.nextEpoch(done, batches, TrainingListener.SILENT);
            });
    seconds += time.seconds();
    cpuSeconds += time.cpuSeconds();
    return to[0];
  }

  private void tell(LayerState state) {
    int step = state.epoch() - 1;
    Path file = out.resolve("step-%03d.npy".formatted(step));
    try {
      FilterBank f = state.filters();
      try (OutputStream stream = Files.newOutputStream(file)) {
        NpyFormat.write(stream, f.data(), f.maps(), f.channels(), f.side(), f.side());
      }
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("who", "deconvnet");
      line.put("way", "here");
      line.put("step", step);
      line.put("F", state.epochs().get(step - 1).objective());
      line.put("seconds", seconds);
      line.put("cpu_seconds", cpuSeconds);
      line.put("peak_mb", meter.peakMegabytes());
      line.put("filters", file.getFileName().toString());
      System.out.println(new ObjectMapper().writeValueAsString(line));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }
}
