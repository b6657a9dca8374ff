package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deconvnet.jobs.LoopbackCluster.Ended;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What breaks under a training run on a cluster of separate processes: a worker with its executor,
 * the driver, the disk. Nothing is lost, and the network is the undisturbed run's to the byte.
 */
class ClusterFaultsIT {
  private static final int KILLS = 5;

  @TempDir static Path folder;
  private static Path corpus;
  private static Path config;
  private static Path reference;

  @BeforeAll
  static void trainUndisturbed() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 3, 8, 1);
    config = TinyConfig.write(folder.resolve("tiny.yaml"));
    reference = folder.resolve("reference");
    train("local[1]", reference);
  }

  @Test
  void aWorkerKilledInTheMiddleChangesNoByte() throws IOException {
    LoopbackCluster cluster = LoopbackCluster.start(folder.resolve("less-one"), Map.of());
    try {
      Path model = folder.resolve("less-one-model");
      AtomicBoolean killed = new AtomicBoolean();
      Ended ended =
          cluster.submit(
              line -> {
                if (line.startsWith("layer 1  epoch 2/") && killed.compareAndSet(false, true)) {
                  cluster.killMachine("worker-2");
                }
              },
              ClusterIT.with(),
              training(model));
      assertThat(ended.code()).as(ended.output()).isZero();
      assertThat(killed).isTrue();
      assertThat(ended.output()).contains("Lost executor");
      ClusterIT.assertSameNetwork(model, reference);
    } finally {
      cluster.stop();
    }
  }

  @Test
  void aDriverKilledFiveTimesAtRandomEndsInTheSameBytes() throws IOException {
    LoopbackCluster cluster = LoopbackCluster.start(folder.resolve("driverless"), Map.of());
    try {
      Path model = folder.resolve("driverless-model");
      long seed = System.nanoTime();
      Random random = new Random(seed);
      for (int kill = 1; kill <= KILLS; kill++) {
        long delay = random.nextInt(2500);
        String what = "kill %d of seed %d, after %d ms".formatted(kill, seed, delay);
        CompletableFuture<Void> once = new CompletableFuture<>();
        Ended ended =
            cluster.submit(
                (line, driver) -> {
                  if (line.startsWith("layer ") && once.complete(null)) {
                    CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS)
                        .execute(driver::destroyForcibly);
                  }
                },
                ClusterIT.with(),
                training(model));
        if (ended.code() == 0) {
          break;
        }
        assertThat(ended.code()).as(what + "\n" + ended.output()).isEqualTo(137);
        assertThat(model.resolve("_deconvnet")).as(what).hasContent("running");
      }
      if (!Files.readString(model.resolve("_deconvnet")).equals("complete")) {
        assertThat(train("local[2]", model).out()).contains("resuming from a checkpoint");
      }
      ClusterIT.assertSameNetwork(model, reference);
    } finally {
      cluster.stop();
    }
  }

  @Test
  void aFullDiskUnderTheShuffleIsAnErrorThatTheNextRunGoesOnFrom() throws Exception {
    Path small = Files.createDirectories(folder.resolve("small-disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", small.toString()))
        .as("only root mounts a small disk")
        .isZero();
    LoopbackCluster cluster =
        LoopbackCluster.start(folder.resolve("full"), Map.of("SPARK_LOCAL_DIRS", small.toString()));
    Path model = folder.resolve("full-model");
    try {
      AtomicBoolean full = new AtomicBoolean();
      Ended ended =
          cluster.submit(
              line -> {
                if (line.startsWith("layer 1  epoch 2/") && full.compareAndSet(false, true)) {
                  fill(small.resolve("filler"));
                }
              },
              ClusterIT.with(),
              training(model));
      assertThat(full).isTrue();
      assertThat(ended.code()).as(ended.output()).isEqualTo(1);
      assertThat(ended.output()).contains("No space left on device");
      assertThat(model.resolve("_deconvnet")).hasContent("running");
    } finally {
      cluster.stop();
      run("umount", small.toString());
    }
    // Another master is still the same run.
    train("local[2]", model);
    ClusterIT.assertSameNetwork(model, reference);
  }

  /** Writes until nothing fits any more. */
  private static void fill(Path file) {
    byte[] block = new byte[1024];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  /** In this JVM. */
  private static MainTest.Result train(String master, Path model) {
    List<Object> words = new ArrayList<>(training(model));
    words.addAll(List.of("--master", master));
    MainTest.Result result = MainTest.run(words.toArray());
    assertThat(result.code()).as(result.err()).isZero();
    return result;
  }

  private static List<Object> training(Path model) {
    return ClusterIT.training(config, corpus, model, 3);
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
