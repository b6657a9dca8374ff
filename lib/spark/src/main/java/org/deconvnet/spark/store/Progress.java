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
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.RoundTime;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.solve.greedy.TileProgress;
import org.deconvnet.spark.exec.JobDescription;
import org.deconvnet.spark.exec.RoundListener;
import org.deconvnet.spark.exec.RoundProgress;
import org.deconvnet.words.Count;

/**
 * Says how a run goes: on the terminal for people, and as JSON lines in the output folder for
 * programs. Also keeps the seconds of each stage. Used by the driver's thread only.
 */
public final class Progress implements TrainingListener, RoundListener, AutoCloseable {
  public static final String LEARNING = "train";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long BETWEEN_LINES = 2_000_000_000L;
  private static final long BETWEEN_BARS = 100_000_000L;

  private final Terminal terminal;
  private final OutputFolder output;
  private final OutputStream lines;
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final SortedMap<Integer, RoundTime> rounds = new TreeMap<>();
  private final LayerClock clock;

  /** Read by the ticker's thread too. */
  private volatile long lastLine = System.nanoTime();

  private long lastBar;

  /**
   * @param terminal a {@link Terminal}, which may draw or be quiet; any other stream gets lines
   * @param epochs of each layer, for the time left
   */
  public Progress(PrintStream terminal, OutputFolder output, int... epochs) {
    this.terminal = Terminal.on(terminal);
    this.output = output;
    this.clock = new LayerClock(epochs);
    try {
      this.lines = output.create("progress.jsonl");
    } catch (IOException e) {
      throw new UncheckedIOException("progress.jsonl: " + e.getMessage(), e);
    }
    output.hold();
    RunMetrics.begin();
  }

  /** Runs a stage, says so, and adds its seconds under its name. */
  public <T> T stage(String name, String says, Supplier<T> work) {
    terminal.step(says);
    long start = System.nanoTime();
    SparkContext context = SparkSession.active().sparkContext();
    T result = JobDescription.during(context, says, () -> watched(name, work));
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
    try {
      return StageTicker.during(name, terminal, quiet, work);
    } finally {
      terminal.clear();
    }
  }

  /** Files that were no usable images, for those who watch from outside. */
  public void skipped(long files) {
    RunMetrics.skipped(files);
  }

  /** A line that is a result, or that whoever reads the result must know. */
  public void say(String line) {
    terminal.println(line);
  }

  public Map<String, Double> seconds() {
    Map<String, Double> all = new LinkedHashMap<>();
    seconds.forEach((name, s) -> all.put(name, rounded(s)));
    return all;
  }

  /** Where the time of each layer's rounds went, all of them together. */
  public List<RoundTime> rounds() {
    return rounds.values().stream()
        .map(
            time ->
                new RoundTime(
                    time.layer(),
                    rounded(time.coding()),
                    rounded(time.filters()),
                    rounded(time.between())))
        .toList();
  }

  @Override
  public void roundTimed(RoundTime time) {
    rounds.merge(time.layer(), time, RoundTime::plus);
  }

  @Override
  public void batchDone(LayerProgress progress, int batch, int batches) {
    clock.batchDone(progress.layer(), progress.epoch(), batch, batches, System.nanoTime());
    double rate = progress.images() / (double) batch / clock.secondsEach();
    RunMetrics.learned(progress, rate);
    json(line(progress, batch, batches, rate, clock.secondsLeft()));
    String where =
        "layer %d  epoch %d/%d  batch %d/%d"
            .formatted(
                progress.layer(), progress.epoch(), clock.epochs(progress.layer()), batch, batches);
    String speed = "%s images/s  %s".formatted(known(rate), left(progress.layer()));
    if (worthALine(batch, batches)) {
      terminal.step("%s  %s  %s".formatted(where, objective(progress), speed));
    }
    draw(where + "  " + speed);
  }

  private static String objective(LayerProgress progress) {
    return "images %d  objective %.1f = data %.1f + sparsity %.1f an image"
        .formatted(
            progress.images(),
            progress.meanObjective(),
            progress.dataTerm() / progress.images(),
            progress.sparsity() / progress.images());
  }

  private void draw(String text) {
    long now = System.nanoTime();
    if (now - lastBar > BETWEEN_BARS) {
      terminal.bar(clock.share(), text);
      lastBar = now;
    }
  }

  private boolean worthALine(int batch, int batches) {
    long now = System.nanoTime();
    boolean worth = batch == batches || !terminal.draws() && now - lastLine > BETWEEN_LINES;
    // Where a bar is drawn at every batch, the ticker has nothing to add.
    lastLine = worth || terminal.draws() ? now : lastLine;
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
    String text =
        "layer %d  all images once more with its final filters  batch %d/%d  %s"
            .formatted(layer, batch, batches, left(layer));
    if (worthALine(batch, batches)) {
      terminal.step(text);
    }
    draw(text);
  }

  @Override
  public void roundDone(RoundProgress progress) {
    int batch = progress.batch();
    int batches = progress.batches();
    clock.roundDone(progress.epoch(), batch, batches, System.nanoTime());
    double rate = progress.images() / clock.secondsEach();
    double left = clock.secondsLeft();
    RunMetrics.rate(rate);
    json(line(progress, rate, left));
    String where =
        "epoch %d/%d  batch %d/%d".formatted(progress.epoch(), progress.epochs(), batch, batches);
    String speed = "%s images/s  %s s left".formatted(known(rate), known(left));
    if (worthALine(batch, batches)) {
      terminal.step("%s  %s  %s".formatted(where, losses(progress), speed));
    }
    draw(where + "  " + speed);
  }

  private static String losses(RoundProgress progress) {
    return progress.losses().entrySet().stream()
        .map(loss -> String.format(Locale.ROOT, "%s %.3f", loss.getKey(), loss.getValue()))
        .collect(Collectors.joining("  ", "loss: ", ""));
  }

  private static Map<String, Object> line(RoundProgress progress, double rate, double left) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", "round");
    line.put("epoch", progress.epoch());
    line.put("batch", progress.batch());
    line.put("batches", progress.batches());
    line.put("losses", progress.losses());
    if (Double.isFinite(rate)) {
      line.put("imagesPerSecond", rounded(rate));
    }
    putSecondsLeft(line, left);
    return line;
  }

  @Override
  public void goesOn(int epoch, int batches) {
    terminal.step(
        "resuming from a checkpoint: epoch %d, after %s"
            .formatted(epoch, Count.of(batches, "batch")));
    json(Map.of("event", "resumed", "epoch", epoch, "batches", batches));
  }

  /** A round of one image's tiles is over. */
  public void tiles(TileProgress round) {
    terminal.step(
        "round %d  %s at work  %s"
            .formatted(
                round.round(),
                Count.of(round.tiles(), "tile"),
                Count.grouped(round.changes(), "change")));
    json(
        Map.of(
            "event",
            "tiles",
            "round",
            round.round(),
            "tiles",
            round.tiles(),
            "changes",
            round.changes()));
  }

  @Override
  public void deadMaps(int number, int epoch, List<Integer> maps, boolean replaced) {
    terminal.step(
        "layer %d  epoch %d  no image activated %s %s: %s"
            .formatted(
                number, epoch, Count.noun(maps.size(), "map"), maps, fate(maps.size(), replaced)));
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
  public void emptyLayer(int number, double lambda, String remedy) {
    terminal.println(new EmptyLayer(number, remedy).warning());
    json(Map.of("event", "emptyLayer", "layer", number, "lambda", lambda));
  }

  @Override
  public void resumed(int number, int epoch, int batches) {
    terminal.step(
        "resuming from a checkpoint: layer %d, epoch %d, after %s"
            .formatted(number, epoch, Count.of(batches, "batch")));
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
    terminal.clear();
    output.release();
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException("progress.jsonl: " + e.getMessage(), e);
    }
  }
}
