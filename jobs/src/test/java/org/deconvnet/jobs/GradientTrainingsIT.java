package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.deconvnet.jobs.LoopbackCluster.Ended;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings by gradients on a cluster of separate processes. A worker dies under each with its
 * executor, and what is learned is a local run's to the bit.
 */
class GradientTrainingsIT {
  private static final int SIDE = 16;

  @TempDir static Path folder;

  @Test
  void aGeneratorIsThatOfALocalRun() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("generate.yaml"),
            "generate: {side: 8, filters: 4, noise: 6, ghostGroup: 4, batch: 16, epochs: 6}\n");
    Path corpus = BarCorpus.write(folder.resolve("bars"), 4, 12, 1);
    Path local = folder.resolve("generator");
    ClusterIT.here("local[1]", training("generate", config, corpus, local));
    Path model = withAWorkerKilled(training("generate", config, corpus, folder.resolve("there-g")));
    assertSame("loss_generator", model, local);
  }

  @Test
  void aLabellingIsThatOfALocalRun() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("segment.yaml"),
            """
            segment:
              head: {widths: [4, 6], convolutions: 1}
              learning: {epochs: 6, groupImages: 2, batchGroups: 4}
            """);
    Path corpus = squares(folder.resolve("squares"), 16);
    Path local = folder.resolve("labelling");
    ClusterIT.here("local[1]", training("segment", config, corpus, local));
    Path model = withAWorkerKilled(training("segment", config, corpus, folder.resolve("there-s")));
    assertSame("losses", model, local);
  }

  private static List<Object> training(String verb, Path config, Path corpus, Path model) {
    List<Object> command = new ArrayList<>(ClusterIT.training(config, corpus, model, 3));
    command.add(0, verb);
    return command;
  }

  /** Submits, kills a worker in the third epoch, and gives the model's folder. */
  private static Path withAWorkerKilled(List<Object> command) throws IOException {
    Path model = (Path) command.get(command.indexOf("--output") + 1);
    LoopbackCluster cluster = LoopbackCluster.start(folder.resolve(model.getFileName() + "-home"));
    AtomicInteger killed = new AtomicInteger();
    try {
      Ended ended =
          cluster.submit(
              line -> {
                if (line.startsWith("epoch 3/") && killed.getAndIncrement() == 0) {
                  cluster.killMachine("worker-2");
                }
              },
              ClusterIT.with(),
              command);
      assertThat(ended.code()).as(ended.output()).isZero();
      assertThat(ended.output()).contains("Lost executor");
    } finally {
      cluster.stop();
    }
    assertThat(killed).hasPositiveValue();
    return model;
  }

  private static void assertSame(String loss, Path model, Path reference) throws IOException {
    String fingerprint = MainTest.metrics(reference).path("fingerprint").asText();
    assertThat(fingerprint).hasSize(64);
    assertThat(MainTest.metrics(model).path("fingerprint").asText()).isEqualTo(fingerprint);
    assertThat(MainTest.metrics(model).has(loss)).isTrue();
    assertThat(MainTest.metrics(model).path(loss))
        .isEqualTo(MainTest.metrics(reference).path(loss));
  }

  /** Bright squares, class 1, on a dark ground, class 0. */
  private static Path squares(Path corpus, int count) throws IOException {
    Path images = Files.createDirectories(corpus.resolve("images"));
    Path labels = Files.createDirectories(corpus.resolve("labels"));
    Random random = new Random(3);
    for (int n = 0; n < count; n++) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      BufferedImage label = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      int left = random.nextInt(SIDE / 2);
      int top = random.nextInt(SIDE / 2);
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          boolean inside = x >= left && x < left + 8 && y >= top && y < top + 8;
          image.getRaster().setSample(x, y, 0, (inside ? 180 : 60) + random.nextInt(40));
          label.getRaster().setSample(x, y, 0, inside ? 1 : 0);
        }
      }
      ImageIO.write(image, "png", images.resolve("image%02d.png".formatted(n)).toFile());
      ImageIO.write(label, "png", labels.resolve("image%02d.png".formatted(n)).toFile());
    }
    return corpus;
  }
}
