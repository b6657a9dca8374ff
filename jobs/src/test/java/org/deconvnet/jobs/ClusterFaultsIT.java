package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.deconvnet.jobs.LoopbackCluster.Ended;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What breaks under a training run on a cluster of separate processes: the driver, the disk, a
 * worker with its executor. Nothing is lost, and the network is the undisturbed run's to the byte.
 */
class ClusterFaultsIT {
  private static final int KILLS = 5;
  private static final int LATEST_KILL_MILLISECONDS = 2000;

  @TempDir static Path folder;
  private static Path corpus;
  private static Path config;
  private static Path reference;

  @BeforeAll
  static void trainUndisturbed() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 3, 8, 1);
    config = TinyConfig.writeWithoutFeatures(folder.resolve("tiny.yaml"));
    reference = folder.resolve("reference");
    ClusterIT.here("local[1]", ClusterIT.training(config, corpus, reference, 3));
  }

  @Test
  void aDriverKilledFiveTimesAtRandomEndsInTheSameBytes() throws IOException {
    // So many rounds that no run gets to its end before it is killed.
    Path longer = folder.resolve("longer.yaml");
    String text = Files.readString(config).replaceAll("epochs: \\d+", "epochs: 40");
    Files.writeString(longer, text);
    Path undisturbed = folder.resolve("longer-reference");
    ClusterIT.here("local[1]", ClusterIT.training(longer, corpus, undisturbed, 3));
    Path model = folder.resolve("driverless-model");
    List<Object> command = ClusterIT.training(longer, corpus, model, 3);
    LoopbackCluster cluster = LoopbackCluster.start(folder.resolve("driverless"));
    try {
      long seed = System.nanoTime();
      Random random = new Random(seed);
      for (int kill = 1; kill <= KILLS; kill++) {
        long delay = random.nextInt(LATEST_KILL_MILLISECONDS);
        Ended ended = killedAfter(delay, cluster, command);
        String what = "kill %d of seed %d, after %d ms".formatted(kill, seed, delay);
        assertThat(ended.code()).as(what + "\n" + ended.output()).isEqualTo(137);
        assertThat(model.resolve("_deconvnet")).as(what).hasContent("running");
      }
    } finally {
      cluster.stop();
    }
    assertThat(ClusterIT.here("local[2]", command).out()).contains("resuming from a checkpoint");
    ClusterIT.assertSameNetwork(model, undisturbed);
  }

  /** Submits, and kills the driver so long after it has begun its second epoch. */
  private static Ended killedAfter(long delay, LoopbackCluster cluster, List<Object> command) {
    AtomicInteger lines = new AtomicInteger();
    return cluster.submit(
        (line, driver) -> {
          // An epoch has at most two lines, one of its first batch and one of its last.
          if (line.startsWith("layer ") && lines.incrementAndGet() == 3) {
            CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS)
                .execute(driver::destroyForcibly);
          }
        },
        ClusterIT.with(),
        command);
  }

  /** A disk fills up and the run ends; with room again it goes on, and then a worker is killed. */
  @Test
  void aFullDiskAndThenAWorkerKilledEndInTheSameBytes() throws Exception {
    Path small = Files.createDirectories(folder.resolve("small-disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", small.toString()))
        .as("only root mounts a small disk")
        .isZero();
    LoopbackCluster cluster =
        LoopbackCluster.start(folder.resolve("full"), Map.of("SPARK_LOCAL_DIRS", small.toString()));
    Path model = folder.resolve("full-model");
    try {
      Path filler = small.resolve("filler");
      Ended ended = disturbed(cluster, model, () -> fill(filler));
      assertThat(ended.code()).as(ended.output()).isEqualTo(1);
      assertThat(ended.output()).contains("No space left on device");
      assertThat(model.resolve("_deconvnet")).hasContent("running");
      Files.delete(filler);
      ended = disturbed(cluster, model, () -> cluster.killMachine("worker-2"));
      assertThat(ended.code()).as(ended.output()).isZero();
      assertThat(ended.output()).contains("resuming from a checkpoint", "Lost executor");
    } finally {
      cluster.stop();
      run("umount", small.toString());
    }
    ClusterIT.assertSameNetwork(model, reference);
  }

  /** Submits the training, and does something to the cluster when an epoch has ended. */
  private static Ended disturbed(LoopbackCluster cluster, Path model, Runnable fault) {
    AtomicInteger epochs = new AtomicInteger();
    Ended ended =
        cluster.submit(
            line -> {
              if (line.startsWith("layer ") && epochs.incrementAndGet() == 2) {
                fault.run();
              }
            },
            ClusterIT.with(),
            ClusterIT.training(config, corpus, model, 3));
    assertThat(epochs).hasValueGreaterThanOrEqualTo(2);
    return ended;
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

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
