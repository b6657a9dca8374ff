package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.deconvnet.jobs.FaultyGate.Fault;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corpora, models, features and reports on {@code s3a://}, with a real server on loopback. */
class S3IT {
  private static final String DATA = "s3a://data/corpus";
  private static final List<Fault> FAULTS =
      List.of(Fault.INTERNAL_ERROR, Fault.SLOW_DOWN, Fault.CUT_ANSWER, Fault.CUT_REQUEST);

  @TempDir static Path folder;
  private static Path corpus;
  private static Path config;
  private static String fingerprint;
  private static S3Server server;

  @BeforeAll
  static void uploadACorpus() throws IOException, InterruptedException {
    server = S3Server.start(folder);
    corpus = BarCorpus.write(folder.resolve("corpus"), 2, 6, 1);
    config = TinyConfig.write(folder.resolve("tiny.yaml"));
    MainTest.Result local =
        MainTest.run(
            "train", "--config", config, "--input", corpus, "--output", folder.resolve("local"));
    assertThat(local.code()).as(local.err()).isZero();
    fingerprint = MainTest.metrics(folder.resolve("local")).path("fingerprint").asText();
    for (String bucket : List.of("data", "out")) {
      Files.createDirectories(folder.resolve("s3").resolve(bucket));
    }
    try (FileSystem s3 = fileSystem("s3a://data")) {
      // Files that are put into the server's folder by hand have no ETag: they go through S3.
      s3.copyFromLocalFile(path(corpus.toUri().toString()), path("s3a://data/corpus"));
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aCorpusGivesTheSameModelAndItsReportThere() throws IOException {
    MainTest.Result result = train(server.port(), DATA, "s3a://out/model");
    assertThat(result.code()).as(result.err()).isZero();
    assertSilent(result);
    try (FileSystem s3 = fileSystem("s3a://out")) {
      JsonNode metrics = new ObjectMapper().readTree(text(s3, "s3a://out/model/metrics.json"));
      assertThat(metrics.path("fingerprint").asText()).isEqualTo(fingerprint);
      assertThat(text(s3, "s3a://out/model/_deconvnet")).isEqualTo("complete");
      String report = text(s3, "s3a://out/model/report.html");
      assertThat(report).contains("data:image/png;base64,").contains(DATA);
      assertNoCredentials(report);
    }
    featuresAreCommittedByTheMagicCommitter();
  }

  /** With credentials from the environment, through the launcher, as on a user's machine. */
  private void featuresAreCommittedByTheMagicCommitter() throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("deconvnet.root"), "deconvnet").toString());
    words.addAll(List.of("extract", "--master", "local[1]", "--model", "s3a://out/model"));
    words.addAll(List.of("--input", DATA, "--output", "s3a://out/features"));
    words.addAll(endpoint(server.port()));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY);
    builder.environment().put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
    builder.environment().put("DECONVNET_MEMORY", "1g");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as(output).isZero();
    assertNoCredentials(output);
    try (FileSystem s3 = fileSystem("s3a://out")) {
      String success = text(s3, "s3a://out/features/features/_SUCCESS");
      assertThat(new ObjectMapper().readTree(success).path("committer").asText())
          .isEqualTo("magic");
    }
  }

  @Test
  void errorsThrottlingAndCutConnectionsLoseNothing() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    try (FaultyGate gate = new FaultyGate(server.port(), line -> everySeventh(requests))) {
      MainTest.Result result = train(gate.port(), DATA, "s3a://out/despite-faults");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out().trim()).endsWith("fingerprint: " + fingerprint);
      for (Fault fault : FAULTS) {
        assertThat(gate.count(fault)).as(fault.name()).isPositive();
      }
    }
    try (FileSystem s3 = fileSystem("s3a://out")) {
      JsonNode metrics =
          new ObjectMapper().readTree(text(s3, "s3a://out/despite-faults/metrics.json"));
      assertThat(metrics.path("train_images").asInt()).isEqualTo(12);
      assertThat(text(s3, "s3a://out/despite-faults/_deconvnet")).isEqualTo("complete");
    }
  }

  private static Fault everySeventh(AtomicInteger requests) {
    int n = requests.incrementAndGet();
    return n % 7 == 0 ? FAULTS.get(n / 7 % FAULTS.size()) : Fault.NONE;
  }

  @Test
  void wrongCredentialsAreSaidWithoutThem() {
    MainTest.Result result =
        fails(server.port(), DATA, "s3a://out/x", "spark.hadoop.fs.s3a.secret.key=a-wrong-secret");
    assertThat(result.err()).contains("corpus " + DATA).contains("403");
    assertThat(result.out() + result.err()).doesNotContain("a-wrong-secret");
  }

  @Test
  void aMissingBucketIsNamed() {
    assertThat(fails(server.port(), "s3a://nowhere/corpus", "s3a://out/x").err())
        .contains("corpus s3a://nowhere/corpus")
        .contains("nowhere");
    assertThat(fails(server.port(), DATA, "s3a://nowhere/model").err())
        .contains("output s3a://nowhere/model")
        .contains("nowhere");
  }

  @Test
  void aMissingRightToWriteIsSaid() throws IOException {
    Function<String, Fault> readOnly =
        line -> line.startsWith("PUT") || line.startsWith("POST") ? Fault.DENIED : Fault.NONE;
    try (FaultyGate gate = new FaultyGate(server.port(), readOnly)) {
      MainTest.Result result = fails(gate.port(), DATA, "s3a://out/denied");
      assertThat(result.err()).contains("s3a://out/denied").contains("403");
    }
  }

  @Test
  void aRunWhoseThirdCheckpointIsDeniedGoesOnFromTheSecond() throws IOException {
    String model = "s3a://out/resumed";
    Function<String, Fault> noThird =
        line -> line.startsWith("PUT") && line.contains("state-000003") ? Fault.DENIED : Fault.NONE;
    try (FaultyGate gate = new FaultyGate(server.port(), noThird)) {
      assertThat(fails(gate.port(), DATA, model).err()).contains("checkpoint").contains("403");
      assertThat(gate.count(Fault.DENIED)).isPositive();
    }
    MainTest.Result resumed = train(server.port(), DATA, model);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out())
        .contains("resuming from a checkpoint: layer 1, epoch 3, after 0 batches");
    assertThat(resumed.out().trim()).endsWith("fingerprint: " + fingerprint);
    try (FileSystem s3 = fileSystem("s3a://out")) {
      assertThat(text(s3, model + "/_deconvnet")).isEqualTo("complete");
      assertThat(s3.exists(path(model + "/checkpoint"))).isFalse();
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsAnErrorOfTheRun() {
    int nobody = Integer.parseInt(LoopbackCluster.freePort());
    assertThat(fails(nobody, DATA, "s3a://out/x").err()).contains("corpus " + DATA);
  }

  @Test
  void credentialsInAnAddressAreRefusedAndNotRepeated() {
    String address = "s3a://%s:%s@data/corpus".formatted(S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
    assertThat(fails(server.port(), address, "s3a://out/x").err()).contains("login details");
  }

  private static MainTest.Result fails(int port, String input, String model, String... more) {
    MainTest.Result result = train(port, input, model, more);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("deconvnet: ").doesNotContain("looks like a defect");
    assertSilent(result);
    return result;
  }

  /** Tasks are tried again, as on a cluster. */
  private static MainTest.Result train(int port, String input, String model, String... more) {
    List<Object> words = new ArrayList<>(List.of("train", "--master", "local[2,4]"));
    words.addAll(List.of("--config", config, "--input", input, "--output", model));
    words.addAll(List.of("--partitions", 2));
    words.addAll(endpoint(port));
    words.addAll(set("spark.hadoop.fs.s3a.access.key=" + S3Server.ACCESS_KEY));
    words.addAll(set("spark.hadoop.fs.s3a.secret.key=" + S3Server.SECRET_KEY));
    Arrays.stream(more).forEach(setting -> words.addAll(set(setting)));
    return MainTest.run(words.toArray());
  }

  private static List<String> endpoint(int port) {
    return Stream.of(
            "spark.hadoop.fs.s3a.endpoint=http://127.0.0.1:" + port,
            "spark.hadoop.fs.s3a.endpoint.region=us-east-1",
            "spark.hadoop.fs.s3a.path.style.access=true",
            "spark.hadoop.fs.s3a.connection.ssl.enabled=false",
            // Each run of this JVM has settings of its own.
            "spark.hadoop.fs.s3a.impl.disable.cache=true")
        .flatMap(setting -> set(setting).stream())
        .toList();
  }

  private static List<String> set(String setting) {
    return List.of("--conf", setting);
  }

  private static FileSystem fileSystem(String uri) throws IOException {
    Configuration hadoop = new Configuration();
    for (String setting : endpoint(server.port())) {
      if (setting.startsWith("spark.hadoop.")) {
        int at = setting.indexOf('=');
        hadoop.set(setting.substring("spark.hadoop.".length(), at), setting.substring(at + 1));
      }
    }
    hadoop.set("fs.s3a.access.key", S3Server.ACCESS_KEY);
    hadoop.set("fs.s3a.secret.key", S3Server.SECRET_KEY);
    return path(uri).getFileSystem(hadoop);
  }

  private static org.apache.hadoop.fs.Path path(String uri) {
    return new org.apache.hadoop.fs.Path(uri);
  }

  private static String text(FileSystem s3, String uri) throws IOException {
    try (InputStream in = s3.open(path(uri))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertSilent(MainTest.Result result) {
    assertNoCredentials(result.out() + result.err());
  }

  private static void assertNoCredentials(String text) {
    assertThat(text).doesNotContain(S3Server.SECRET_KEY).doesNotContain(S3Server.ACCESS_KEY);
  }
}
