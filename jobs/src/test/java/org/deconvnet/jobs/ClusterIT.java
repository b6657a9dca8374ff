package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.deconvnet.jobs.LoopbackCluster.Ended;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same corpus, configuration and seed give the same bytes on one thread, on two, for any number
 * of partitions, and on a cluster of two workers whatever happens to its executors.
 */
class ClusterIT {
  private static final List<String> SMALL =
      List.of(
          "--driver-memory 800m --executor-memory 700m --executor-cores 1 --total-executor-cores 2"
              .split(" "));

  @TempDir static Path folder;
  private static Path corpus;

  /** Learns the network alone: what its runs add to each other is the cluster's part. */
  private static Path config;

  private static Path reference;
  private static LoopbackCluster cluster;

  @BeforeAll
  static void startAndTrainOnOneThread() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 3, 8, 1);
    config = TinyConfig.writeWithoutFeatures(folder.resolve("tiny.yaml"));
    reference = trained("local[1]", 1, "reference");
    cluster = LoopbackCluster.start(folder.resolve("cluster"));
  }

  @AfterAll
  static void nothingIsLeftBehind() {
    if (cluster == null) {
      return;
    }
    List<ProcessHandle> all =
        Stream.concat(cluster.daemons().stream(), cluster.executors().stream()).toList();
    Ended stopped = cluster.stop();
    assertThat(stopped.code()).as(stopped.output()).isZero();
    assertThat(all).hasSizeGreaterThanOrEqualTo(3).noneMatch(LoopbackCluster::runs);
    assertThat(cluster.status().code()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"local[2],1", "local[2],2", "local[2],5"})
  void threadsAndPartitionsChangeNoByte(String master, int partitions) throws IOException {
    assertSameNetwork(trained(master, partitions, "local-" + partitions));
  }

  /** The whole pipeline, its codebooks and its classifier included. */
  @Test
  void clientModeWithSpeculationChangesNoByte() throws IOException {
    Path whole = TinyConfig.write(folder.resolve("whole.yaml"));
    Path expected = folder.resolve("whole");
    here("local[1]", training(whole, corpus, expected, 1));
    Path events = Files.createDirectories(folder.resolve("events"));
    Path model = folder.resolve("speculated");
    Set<Path> earlier = cluster.logs().keySet();
    Ended ended =
        cluster.submit(
            line -> {},
            with(
                "spark.speculation=true",
                "spark.speculation.interval=5ms",
                "spark.speculation.minTaskRuntime=1ms",
                "spark.speculation.multiplier=1.001",
                "spark.speculation.quantile=0.2",
                "spark.eventLog.enabled=true",
                "spark.eventLog.compress=false",
                "spark.eventLog.dir=" + events.toUri()),
            training(whole, corpus, model, 5));
    assertThat(ended.code()).as(ended.output()).isZero();
    assertSameNetwork(model, expected);
    assertThat(contents(events)).contains("\"Speculative\":true");
    assertThat(logs(earlier)).anyMatch(log -> log.contains("convolution engine: vector-"));
  }

  @Test
  void anExecutorKilledInTheMiddleAndAPoisonedImageChangeNoByte() throws IOException {
    Path model = folder.resolve("killed");
    AtomicReference<ProcessHandle> killed = new AtomicReference<>();
    Ended ended =
        cluster.submit(
            line -> {
              if (line.startsWith("layer 1  epoch 2/") && killed.get() == null) {
                killed.set(cluster.executors().get(0));
                killed.get().destroyForcibly();
              }
            },
            with(),
            training(config, poisonedCorpus(), model, 3));
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(killed.get()).isNotNull();
    assertThat(ended.output()).containsPattern("Lost executor .*137");
    assertThat(MainTest.metrics(model).path("skipped").findValuesAsText("path"))
        .containsExactly("class1/poison.png");
    assertSameNetwork(model);
  }

  /**
   * The same images and one more, whose header is sound; what decoding meets in its task is not.
   */
  private static Path poisonedCorpus() throws IOException {
    Path poisoned = BarCorpus.write(folder.resolve("poisoned"), 3, 8, 1);
    byte[] image = Files.readAllBytes(poisoned.resolve("class1/image0.png"));
    Arrays.fill(image, image.length / 2, image.length, (byte) 0);
    Files.write(poisoned.resolve("class1/poison.png"), image);
    return poisoned;
  }

  @Test
  void clusterModeExtractsTheSameFeatures() throws IOException {
    Path here = folder.resolve("features-here");
    MainTest.Result local =
        MainTest.run(
            "extract",
            "--master",
            "local[1]",
            "--model",
            reference,
            "--input",
            corpus,
            "--output",
            here);
    assertThat(local.code()).as(local.err()).isZero();
    Path there = folder.resolve("features-there");
    Ended ended =
        cluster.submit(
            line -> {},
            Stream.concat(with().stream(), Stream.of("--deploy-mode", "cluster")).toList(),
            List.of("extract", "--model", reference, "--input", corpus, "--output", there));
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(there.resolve("_deconvnet")).as("%s", cluster.logs()).hasContent("complete");
    assertThat(features(there)).hasSize(48).isEqualTo(features(here));
  }

  @Test
  void anExecutorOfAnotherVectorWidthFailsTheRun() {
    Path model = folder.resolve("mixed");
    Ended ended =
        cluster.submit(
            line -> {},
            with("spark.executor.extraJavaOptions=-XX:MaxVectorSize=8"),
            training(model, 2));
    assertThat(ended.code()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output())
        .contains("deconvnet: convolution engine: expected vector-")
        .contains("as the driver has it, got vector-")
        .doesNotContain("looks like a defect");
    assertThat(model.resolve("_deconvnet")).hasContent("running");
  }

  private static Path trained(String master, int partitions, String name) throws IOException {
    Path model = folder.resolve(name);
    MainTest.Result result = here(master, training(model, partitions));
    assertThat(result.out().trim()).endsWith("fingerprint: " + fingerprint(model));
    return model;
  }

  /** Runs a command in this JVM. */
  static MainTest.Result here(String master, List<Object> command) {
    List<Object> words = new ArrayList<>(command);
    words.addAll(List.of("--master", master));
    MainTest.Result result = MainTest.run(words.toArray());
    assertThat(result.code()).as(result.err()).isZero();
    return result;
  }

  private static List<Object> training(Path model, int partitions) {
    return training(config, corpus, model, partitions);
  }

  static List<Object> training(Path config, Path corpus, Path model, int partitions) {
    return List.of(
        "train",
        "--config",
        config,
        "--input",
        corpus,
        "--output",
        model,
        "--partitions",
        partitions);
  }

  static List<String> with(String... settings) {
    Stream<String> all = Stream.of(settings).flatMap(s -> Stream.of("--conf", s));
    return Stream.concat(SMALL.stream(), all).toList();
  }

  /** What this job's processes wrote: those of other jobs, too, name their engine. */
  private static Collection<String> logs(Set<Path> earlier) {
    Map<Path, String> logs = cluster.logs();
    logs.keySet().removeAll(earlier);
    return logs.values();
  }

  private static String fingerprint(Path model) throws IOException {
    return MainTest.metrics(model).path("fingerprint").asText();
  }

  private static void assertSameNetwork(Path model) throws IOException {
    assertSameNetwork(model, reference);
  }

  static void assertSameNetwork(Path model, Path reference) throws IOException {
    assertThat(fingerprint(model)).isEqualTo(fingerprint(reference));
    assertThat(MainTest.metrics(model).path("layers"))
        .isEqualTo(MainTest.metrics(reference).path("layers"));
    Map<String, byte[]> expected = arrays(reference);
    Map<String, byte[]> got = arrays(model);
    assertThat(expected.keySet())
        .anyMatch(name -> name.endsWith("network/layer1.npy"))
        .anyMatch(name -> name.endsWith("network/layer2.npy"));
    assertThat(got.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, bytes) -> assertThat(got.get(name)).as(name).isEqualTo(bytes));
  }

  /** All numbers that a pipeline stores, by stage and file: a stage's name ends in a random id. */
  private static Map<String, byte[]> arrays(Path model) throws IOException {
    Path stages = model.resolve("pipeline/stages");
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(stages)) {
      for (Path file : all.filter(f -> f.toString().endsWith(".npy")).toList()) {
        String name = stages.relativize(file).toString().replaceFirst("_[0-9a-f]+/", "/");
        files.put(name, Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static List<String> features(Path out) throws IOException {
    return ExtractedFeatures.read(out).stream().map(Row::json).sorted().toList();
  }

  private static String contents(Path directory) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
