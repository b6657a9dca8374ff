package org.deconvnet.spark.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.words.Count;

/**
 * Says how a run goes: on the terminal for people, and as JSON lines in the output folder for
 * programs. Also keeps the seconds of each stage. Used by the driver's thread only.
 */
public final class Progress implements TrainingListener, AutoCloseable {
  public static final String LEARNING = "train";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long BETWEEN_LINES = 2_000_000_000L;

  private final PrintStream terminal;
  private final OutputFolder output;
  private final OutputStream lines;
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final LayerClock clock;

  /** Read by the ticker's thread too. */
  private volatile long lastLine = System.nanoTime();

  /**
   * @param epochs of each layer, for the time left
   */
  public Progress(PrintStream terminal, OutputFolder output, int... epochs) {
    this.terminal = terminal;
    this.output = output;
    this.clock = new LayerClock(epochs);
    try {
      this.lines = output.create("progress.jsonl");
    } catch (IOException e) {
      throw new UncheckedIOException("progress.jsonl: " + e.getMessage(), e);
    }
    output.hold();
  }

  /** Runs a stage, says so, and adds its seconds under its name. */
  public <T> T stage(String name, String says, Supplier<T> work) {
    terminal.println(says);
    long start = System.nanoTime();
    T result = watched(name, work);
    double took = (System.nanoTime() - start) / 1e9;
    seconds.merge(name, took, Double::sum);
    json(Map.of("event", "stage", "stage", name, "seconds", rounded(took)));
    return result;
  }

  /** Learning speaks for itself, batch by batch, unless a batch takes long. */
  private <T> T watched(String name, Supplier<T> work) {
    BooleanSupplier quiet =
        name.equals(LEARNING)
            ? () -> System.nanoTime() - lastLine > StageTicker.NANOS_BETWEEN
            : () -> true;
    return StageTicker.during(name, terminal, quiet, work);
  }

  public void say(String line) {
    terminal.println(line);
  }

  public Map<String, Double> seconds() {
    Map<String, Double> all = new LinkedHashMap<>();
    seconds.forEach((name, s) -> all.put(name, rounded(s)));
    return all;
  }

  @Override
  public void batchDone(LayerProgress progress, int batch, int batches) {
    clock.batchDone(progress.layer(), progress.epoch(), batch, batches, System.nanoTime());
    double rate = progress.images() / (double) batch / clock.secondsEach();
    json(line(progress, batch, batches, rate, clock.secondsLeft()));
    if (worthALine(batch, batches)) {
      terminal.printf(
          "layer %d  epoch %d/%d  batch %d/%d  images %d  objective %.1f = data %.1f + sparsity"
              + " %.1f an image  %s images/s  %s%n",
          progress.layer(),
          progress.epoch(),
          clock.epochs(progress.layer()),
          batch,
          batches,
          progress.images(),
          progress.meanObjective(),
          progress.dataTerm() / progress.images(),
          progress.sparsity() / progress.images(),
          known(rate),
          left(progress.layer()));
    }
  }

  private boolean worthALine(int batch, int batches) {
    long now = System.nanoTime();
    boolean worth = batch == batches || now - lastLine > BETWEEN_LINES;
    lastLine = worth ? now : lastLine;
    return worth;
  }

  /** What the layers above will cost, no one knows before they are under way. */
  private String left(int layer) {
    return clock.layers() == 1
        ? known(clock.secondsLeft()) + " s left"
        : "%s s left in layer %d of %d"
            .formatted(known(clock.secondsLeft()), layer, clock.layers());
  }

  @Override
  public void lastPass(int layer, int batch, int batches) {
    clock.batchDone(layer, clock.epochs(layer) + 1, batch, batches, System.nanoTime());
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", "lastPass");
    line.put("layer", layer);
    line.put("batch", batch);
    line.put("batches", batches);
    putSecondsLeft(line, clock.secondsLeft());
    json(line);
    if (worthALine(batch, batches)) {
      terminal.printf(
          "layer %d  all images once more with its final filters  batch %d/%d  %s%n",
          layer, batch, batches, left(layer));
    }
  }

  @Override
  public void deadMaps(int number, int epoch, List<Integer> maps, boolean replaced) {
    terminal.printf(
        "layer %d  epoch %d  no image activated %s %s: %s%n",
        number, epoch, Count.noun(maps.size(), "map"), maps, fate(maps.size(), replaced));
    json(
        Map.of(
            "event",
            "deadMaps",
            "layer",
            number,
            "epoch",
            epoch,
            "maps",
            maps,
            "replaced",
            replaced));
  }

  @Override
  public void emptyLayer(int number, double lambda) {
    terminal.println(new EmptyLayer(number, lambda).warning());
    json(Map.of("event", "emptyLayer", "layer", number, "lambda", lambda));
  }

  @Override
  public void resumed(int number, int epoch, int batches) {
    terminal.printf(
        "resuming from a checkpoint: layer %d, epoch %d, after %s%n",
        number, epoch, Count.of(batches, "batch"));
    json(Map.of("event", "resumed", "layer", number, "epoch", epoch, "batches", batches));
  }

  private static String fate(int maps, boolean replaced) {
    return maps == 1
        ? (replaced ? "it gets a new filter" : "it stays as it is")
        : (replaced ? "they get new filters" : "they stay as they are");
  }

  private static String known(double value) {
    return Double.isFinite(value) ? Long.toString(Math.round(value)) : "?";
  }

  private static Map<String, Object> line(
      LayerProgress progress, int batch, int batches, double rate, double left) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", "batch");
    line.put("layer", progress.layer());
    line.put("epoch", progress.epoch());
    line.put("batch", batch);
    line.put("batches", batches);
    line.put("images", progress.images());
    line.put("objective", progress.objective());
    line.put("dataTerm", progress.dataTerm());
    line.put("sparsity", progress.sparsity());
    line.put("relativeError", progress.relativeError());
    if (Double.isFinite(rate)) {
      line.put("imagesPerSecond", rounded(rate));
    }
    putSecondsLeft(line, left);
    return line;
  }

  private static void putSecondsLeft(Map<String, Object> line, double left) {
    if (Double.isFinite(left)) {
      line.put("secondsLeft", rounded(left));
    }
  }

  private void json(Map<String, Object> line) {
    try {
      lines.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
      lines.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a progress line is plain data", e);
    } catch (IOException e) {
      throw new UncheckedIOException("progress.jsonl: " + e.getMessage(), e);
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  @Override
  public void close() {
    output.release();
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException("progress.jsonl: " + e.getMessage(), e);
    }
  }
}
