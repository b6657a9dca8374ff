package org.deconvnet.spark.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.Network;
import org.deconvnet.network.adaptive.AdaptiveImage;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.network.csc.AtomGroup;
import org.deconvnet.network.csc.CodingOptions;
import org.deconvnet.network.csc.CscImage;
import org.deconvnet.network.csc.CscNetwork;
import org.deconvnet.network.csc.CscOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalImage;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.network.patches.PatchCodingOptions;
import org.deconvnet.network.patches.PatchesImage;
import org.deconvnet.network.patches.PatchesNetwork;
import org.deconvnet.network.patches.PatchesOptions;
import org.deconvnet.network.patches.WindowOptions;
import org.deconvnet.operator.Boundary;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.checkpoint.CheckpointException;
import org.deconvnet.store.StateArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training that stops and goes on, of every family. */
class ResumeTest {
  private static final long SEED = 5;
  private static final JavaSparkContext CONTEXT =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
  private static final List<AdaptiveOptions> LAYERS = AdaptiveTrainingTest.LAYERS;
  private static final AdaptiveNetwork ADAPTIVE =
      adaptive(TrainingListener.SILENT, 2, Checkpointing.NONE).network();

  @TempDir Path folder;

  /** What a driver does that dies. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Stops after some rounds. */
  private static final class Stopping implements TrainingListener {
    private int left;
    private String resumed = "";

    Stopping(int rounds) {
      this.left = rounds;
    }

    @Override
    public void batchDone(LayerProgress progress, int batch, int batches) {
      if (--left == 0) {
        throw new Stopped();
      }
    }

    @Override
    public void resumed(int layer, int epoch, int batches) {
      resumed = "layer %d, epoch %d, %d batches".formatted(layer, epoch, batches);
    }
  }

  /** One attempt to train, with so many partitions. */
  private interface Attempt<N extends Network> {
    TrainedNetwork<N> train(TrainingListener listener, int partitions, Checkpointing where);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1000})
  void theAdaptiveNetworkEndsWithTheSameBitsHoweverOftenItStops(long secondsBetween) {
    sameBits(ResumeTest::adaptive, secondsBetween, 5, 2);
  }

  @Test
  void theNetworkOf2010EndsWithTheSameBitsHoweverOftenItStops() {
    sameBits(ResumeTest::dictionary, 0, 5, 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void aDictionaryForSparseCodingEndsWithTheSameBitsHoweverOftenItStops(double memory) {
    // Kept codes are stored with the end of an epoch, of one round or of three.
    int stops = memory > 0 ? 5 : 2;
    sameBits(
        (listener, partitions, where) -> csc(memory, listener, partitions, where), 0, stops, 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void wordsOfPatchesEndWithTheSameBitsHoweverOftenItStops(double memory) {
    sameBits(
        (listener, partitions, where) -> patches(memory, listener, partitions, where), 0, 4, 1);
  }

  @Test
  void partitionsChangeNoBitOfWordsOfPatches() {
    String one =
        patches(0.5, TrainingListener.SILENT, 1, Checkpointing.NONE).network().fingerprint();
    for (int partitions : new int[] {2, 3, 5}) {
      assertThat(
              patches(0.5, TrainingListener.SILENT, partitions, Checkpointing.NONE)
                  .network()
                  .fingerprint())
          .as("%d partitions", partitions)
          .isEqualTo(one);
    }
  }

  private <N extends Network> void sameBits(
      Attempt<N> attempt, long secondsBetween, int stops, int depth) {
    Checkpointing where =
        new Checkpointing(
            Optional.of(folder.resolve("checkpoint").toString()),
            Duration.ofSeconds(secondsBetween));
    TrainedNetwork<N> whole = attempt.train(TrainingListener.SILENT, 2, Checkpointing.NONE);
    int persisted = CONTEXT.getPersistentRDDs().size();
    Random random = new Random(secondsBetween + 1);
    for (int stop = 0; stop < stops; stop++) {
      Stopping listener = new Stopping(1 + random.nextInt(3));
      int partitions = 1 + random.nextInt(3);
      assertThatThrownBy(() -> attempt.train(listener, partitions, where))
          .isInstanceOf(Stopped.class);
      assertThat(CONTEXT.getPersistentRDDs()).as("after a run that failed").hasSize(persisted);
    }
    Stopping last = new Stopping(Integer.MAX_VALUE);
    TrainedNetwork<N> resumed = attempt.train(last, 3, where);
    assertThat(last.resumed).isNotEmpty().isNotEqualTo("layer 1, epoch 1, 0 batches");
    assertThat(resumed.network().fingerprint()).isEqualTo(whole.network().fingerprint());
    assertThat(resumed.epochs()).isEqualTo(whole.epochs());
    assertThat(resumed.last()).isEqualTo(whole.last());
    Stopping finished = new Stopping(1);
    assertThat(attempt.train(finished, 1, where).last()).isEqualTo(whole.last());
    assertThat(finished.resumed).isEqualTo("layer %d, epoch 1, 0 batches".formatted(depth + 1));
  }

  @Test
  void onlyTheLastCheckpointStays() throws IOException {
    Path place = folder.resolve("checkpoint");
    dictionary(TrainingListener.SILENT, 2, Checkpointing.in(place.toString()));
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(n -> !n.startsWith(".")))
          .hasSize(1)
          .allMatch(name -> name.matches("state-000007-[0-9a-f]{16}\\.zip"));
    }
  }

  @Test
  void aCheckpointOfAnotherRunIsRefusedAndSaysWhatIsDifferent() {
    Checkpointing where = stoppedAfter(2);
    refused(where, LAYERS, SEED + 1, images(), "seed: expected 6, got 5");
    refused(where, List.of(LAYERS.get(0)), SEED, images(), "layers: expected [LayerOptions[maps=");
    refused(where, LAYERS, SEED, images().subList(1, 10), "number of images: expected 9, got 10");
    List<AdaptiveImage> changed = images();
    changed.get(3).image().set(0, 1, 1, 0.5f);
    refused(where, LAYERS, SEED, changed, "digest of the images: expected");
    assertThatThrownBy(
            () ->
                new Trainings(CONTEXT, "scalar", SEED, TrainingListener.SILENT, where)
                    .adaptive(CONTEXT.parallelize(images(), 3), LAYERS, 1))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("it was made with the convolution engine vector-")
        .hasMessageContaining("'engine: scalar' is scalar here")
        .hasMessageContaining("to go on from it, write 'engine: auto'");
    assertThatThrownBy(() -> dictionary(TrainingListener.SILENT, 2, where))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("network: expected dn, got adn");
    assertThat(adaptive(TrainingListener.SILENT, 1, where).network().fingerprint())
        .isEqualTo(ADAPTIVE.fingerprint());
  }

  /** On a machine where auto chooses another engine than where the run began. */
  @Test
  void aRunThatGoesOnTakesTheCheckpointsEngineAndNotTheOneThatAutoWouldChoose() {
    Checkpointing where = Checkpointing.in(folder.resolve("checkpoint").toString());
    AdaptiveNetwork whole =
        new Trainings(CONTEXT, "scalar", SEED, TrainingListener.SILENT)
            .adaptive(CONTEXT.parallelize(images(), 3), LAYERS, 2)
            .network();
    assertThat(whole.fingerprint()).isNotEqualTo(ADAPTIVE.fingerprint());
    assertThatThrownBy(
            () ->
                new Trainings(CONTEXT, "scalar", SEED, new Stopping(4), where)
                    .adaptive(CONTEXT.parallelize(images(), 3), LAYERS, 2))
        .isInstanceOf(Stopped.class);
    TrainedNetwork<AdaptiveNetwork> resumed =
        new Trainings(CONTEXT, "auto", SEED, TrainingListener.SILENT, where)
            .adaptive(CONTEXT.parallelize(images(), 3), LAYERS, 1);
    assertThat(resumed.engine()).isEqualTo("scalar");
    assertThat(resumed.network().fingerprint()).isEqualTo(whole.fingerprint());
  }

  @Test
  void anEngineThatCannotRunHereIsNamedWithAWayToGoOn() throws Exception {
    Checkpointing where = stoppedAfter(3);
    Path state = state(where);
    StateArchive archive = StateArchive.of(Files.readAllBytes(state), "test");
    byte[] header = archive.open("checkpoint.json").readAllBytes();
    put(
        archive,
        "checkpoint.json",
        new String(header, StandardCharsets.UTF_8).replaceAll("vector-[0-9]+", "vector-64"));
    replace(state, archive);
    assertThatThrownBy(
            () ->
                new Trainings(CONTEXT, "auto", SEED, TrainingListener.SILENT, where)
                    .adaptive(CONTEXT.parallelize(images(), 3), LAYERS, 1))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("made with the convolution engine vector-64, which cannot run")
        .hasMessageContaining("to go on from it, run on a machine and a JVM like the first");
  }

  private static List<AdaptiveImage> images() {
    return AdaptiveTrainingTest.images();
  }

  private static void refused(
      Checkpointing where,
      List<AdaptiveOptions> layers,
      long seed,
      List<AdaptiveImage> images,
      String difference) {
    assertThatThrownBy(
            () ->
                new Trainings(CONTEXT, "vector", seed, TrainingListener.SILENT, where)
                    .adaptive(CONTEXT.parallelize(images, 3), layers, 1))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("it belongs to another run: " + difference)
        .hasMessageContaining("to go on from it, give the settings and images")
        .hasMessageContaining("--overwrite");
  }

  @Test
  void anyFlippedByteOrMissingEndIsDamage() throws IOException {
    Checkpointing where = stoppedAfter(3);
    Path state = state(where);
    byte[] bytes = Files.readAllBytes(state);
    Random random = new Random(2);
    for (int n = 0; n < 6; n++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(state, damaged);
      damaged(where, "expected checksum");
    }
    Files.write(state, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    damaged(where, "expected checksum");
    Files.write(state, bytes);
    assertThat(adaptive(TrainingListener.SILENT, 1, where).network().fingerprint())
        .isEqualTo(ADAPTIVE.fingerprint());
  }

  @Test
  void anotherFormatIsRefusedAndSoIsAnArchiveThatLacksSomething() throws Exception {
    Checkpointing where = stoppedAfter(3);
    Path state = state(where);
    StateArchive archive = StateArchive.of(Files.readAllBytes(state), "test");
    byte[] header = archive.open("checkpoint.json").readAllBytes();
    String text = new String(header, StandardCharsets.UTF_8);
    put(archive, "checkpoint.json", text.replace("\"format\" : 2", "\"format\" : 99"));
    replace(state, archive);
    assertThatThrownBy(() -> adaptive(TrainingListener.SILENT, 1, where))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("expected format 1 or 2, got 99: another release wrote it");
    put(archive, "checkpoint.json", text);
    put(archive, "story.json", "{}");
    replace(state(where), archive);
    damaged(where, "expected the state of learning in story.json");
  }

  private static void put(StateArchive archive, String name, String text) throws IOException {
    try (OutputStream out = archive.create(name)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void replace(Path state, StateArchive archive) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(archive.toBytes());
    String name = "state-000003-%s.zip".formatted(HexFormat.of().formatHex(hash, 0, 8));
    Files.delete(state);
    Files.write(state.resolveSibling(name), archive.toBytes());
  }

  @Test
  void damagedCodesAreFoundByWhoeverReadsThem() throws IOException {
    Checkpointing where = Checkpointing.in(folder.resolve("checkpoint").toString());
    assertThatThrownBy(() -> dictionary(new Stopping(3), 1, where)).isInstanceOf(Stopped.class);
    Path part = Path.of(where.folder().orElseThrow(), "codes-000001", "part-00001");
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 4;
    Files.write(part, bytes);
    // Hadoop's own checksum beside the file is local disks' only.
    Files.deleteIfExists(part.resolveSibling(".part-00001.crc"));
    assertThatThrownBy(() -> dictionary(TrainingListener.SILENT, 1, where))
        .hasRootCauseInstanceOf(IOException.class)
        .rootCause()
        .hasMessageContaining("expected checksum");
  }

  private static void damaged(Checkpointing where, String what) {
    assertThatThrownBy(() -> adaptive(TrainingListener.SILENT, 1, where))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("it is damaged")
        .hasMessageContaining(what)
        .hasMessageContaining("--overwrite");
  }

  private Checkpointing stoppedAfter(int rounds) {
    Checkpointing where =
        new Checkpointing(Optional.of(folder.resolve("checkpoint").toString()), Duration.ZERO);
    assertThatThrownBy(() -> adaptive(new Stopping(rounds), 2, where)).isInstanceOf(Stopped.class);
    return where;
  }

  private static Path state(Checkpointing where) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(where.folder().orElseThrow()))) {
      Path state =
          files
              .filter(f -> f.getFileName().toString().startsWith("state-"))
              .findFirst()
              .orElseThrow();
      // Hadoop's own checksum beside the file is local disks' only.
      Files.deleteIfExists(state.resolveSibling("." + state.getFileName() + ".crc"));
      return state;
    }
  }

  private static TrainedNetwork<AdaptiveNetwork> adaptive(
      TrainingListener listener, int partitions, Checkpointing where) {
    return new Trainings(CONTEXT, "vector", SEED, listener, where)
        .adaptive(CONTEXT.parallelize(images(), 3), LAYERS, partitions);
  }

  /** Batches of three images where there is memory, else all at once. */
  private static TrainedNetwork<CscNetwork> csc(
      double memory, TrainingListener listener, int partitions, Checkpointing where) {
    CodingOptions coding =
        new CodingOptions(
            List.of(new AtomGroup(4, 4, 1), new AtomGroup(2, 3, 1)),
            0.2,
            true,
            Boundary.VALID,
            false,
            new DescentOptions(0.1, 50));
    CscOptions options = new CscOptions(coding, memory > 0 ? 4 : 8, memory > 0 ? 3 : 0, memory);
    List<CscImage> images =
        images().stream().map(image -> new CscImage(image.id(), image.image())).toList();
    return new Trainings(CONTEXT, "vector", SEED, listener, where)
        .csc(CONTEXT.parallelize(images, 3), options, partitions);
  }

  /** Batches of three images. */
  private static TrainedNetwork<PatchesNetwork> patches(
      double memory, TrainingListener listener, int partitions, Checkpointing where) {
    PatchCodingOptions coding =
        new PatchCodingOptions(
            new WindowOptions(4, 1, false, true, 0.1), 6, 0.5, false, new DescentOptions(0.05, 50));
    PatchesOptions options = new PatchesOptions(coding, 30, 5, 3, memory);
    List<PatchesImage> images =
        images().stream().map(image -> new PatchesImage(image.id(), image.image())).toList();
    return new Trainings(CONTEXT, "vector", SEED, listener, where)
        .patches(CONTEXT.parallelize(images, 3), options, partitions);
  }

  private static TrainedNetwork<DeconvolutionalStack> dictionary(
      TrainingListener listener, int partitions, Checkpointing where) {
    List<DeconvolutionalImage> images = DeconvolutionalTrainingTest.images();
    return new Trainings(CONTEXT, "vector", SEED, listener, where)
        .deconvolutional(
            CONTEXT.parallelize(images, 3), DeconvolutionalTrainingTest.LAYERS, partitions);
  }
}
