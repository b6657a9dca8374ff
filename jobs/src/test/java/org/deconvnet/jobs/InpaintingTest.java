package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inpaint}, and {@code denoise} by the same dictionary, as their users call them. */
class InpaintingTest {
  private static final List<String> PICTURES =
      List.of("filled.png", "inpainted.png", "masked.png", "original.png");

  @TempDir static Path folder;
  private static Path corpus;
  private static Path csc;

  @BeforeAll
  static void trainOnce() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 2, 3, 1);
    csc = TinyModel.train(folder, "csc", config(), corpus);
  }

  private static String config() throws IOException {
    return TinyConfig.withEpochs(
        6,
        TinyConfig.changed(
            TinyConfig.shipped("csc.yaml"),
            "engine: auto",
            "engine: vector",
            "maps: 64, side: 8",
            "maps: 12, side: 7"));
  }

  @Test
  void hiddenPixelsComeBackAndPartitionsDoNotMatter() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    Result result = trial(one, 1);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(trial(two, 3).code()).isZero();
    JsonNode metrics = metrics(one);
    for (String key : List.of("snr", "psnr")) {
      for (String where : List.of("", "_hidden")) {
        double filled = metrics.path(key + "_filled" + where).asDouble();
        double inpainted = metrics.path(key + "_inpainted" + where).asDouble();
        assertThat(inpainted).isGreaterThan(filled + 3);
      }
    }
    // Half of the pixels have no error.
    assertThat(metrics.path("psnr_inpainted").asDouble())
        .isCloseTo(metrics.path("psnr_inpainted_hidden").asDouble() + 3.01, within(0.01));
    assertThat(metrics.path("missing").asDouble()).isEqualTo(0.5);
    assertThat(names(one.resolve("images/class0/image1.png"))).isEqualTo(PICTURES);
    for (String name : PICTURES) {
      String file = "images/class0/image1.png/" + name;
      assertThat(one.resolve(file)).hasSameBinaryContentAs(two.resolve(file));
      assertThat(ImageIO.read(one.resolve(file).toFile()).getWidth()).isEqualTo(48);
    }
    assertThat(result.out()).contains("inpainted, hidden pixels: SNR");
    assertThat(Files.readString(one.resolve("report.html"))).contains("inpainted");
    assertThat(Files.readAllLines(one.resolve("numbers.csv")))
        .hasSize(7)
        .element(0)
        .asString()
        .startsWith("path,snr_filled,psnr_filled,snr_filled_hidden");
  }

  @Test
  void masksSayWhatIsHiddenAndTheRestStays() throws IOException {
    Path masks = folder.resolve("masks");
    for (Path image : images()) {
      BufferedImage size = ImageIO.read(image.toFile());
      writeMask(masks, image, size.getWidth(), size.getHeight());
    }
    Path out = folder.resolve("by-masks");
    Result result = inpaint(csc, out, "--masks", masks, "--lambda", "0.02");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(metrics(out).has("psnr_filled")).isFalse();
    assertThat(metrics(out).path("lambda")).hasToString("[0.02]");
    assertThat(result.out()).doesNotContain("SNR");
    Path pictures = out.resolve("images/class1/image2.png");
    assertThat(names(pictures)).isEqualTo(PICTURES);
    int[] original = pixels(pictures.resolve("original.png"));
    int[] masked = pixels(pictures.resolve("masked.png"));
    int[] inpainted = pixels(pictures.resolve("inpainted.png"));
    int width = ImageIO.read(pictures.resolve("masked.png").toFile()).getWidth();
    for (int i = 0; i < masked.length; i++) {
      boolean hidden = isHidden(i % width, i / width);
      assertThat(masked[i]).isEqualTo(hidden ? 0 : original[i]);
      assertThat(hidden || inpainted[i] == original[i]).isTrue();
    }
    assertThat(inpainted).isNotEqualTo(masked);
  }

  @Test
  void masksThatAreMissingOrOfAnotherSizeAreNamedWithTheirImage() throws IOException {
    Path masks = folder.resolve("wrong-masks");
    Path out = folder.resolve("never");
    Result folderMissing = inpaint(csc, out, "--masks", masks);
    assertThat(folderMissing.code()).isEqualTo(1);
    assertThat(folderMissing.err()).contains("wrong-masks: expected a folder of PNG files");
    for (Path image : images()) {
      writeMask(masks, image, 44, 40);
    }
    Result size = inpaint(csc, out, "--masks", masks, "--overwrite");
    assertThat(size.code()).isEqualTo(1);
    assertThat(size.err())
        .containsPattern("class\\d/image[12].png: mask \\S+/wrong-masks/class\\d/image[12].png:")
        .containsPattern("expected 40 x (48|52) pixels, height by width, .* got 40 x 44");
    Path absent = corpus.relativize(images().get(0));
    Files.delete(masks.resolve(absent));
    Result none = inpaint(csc, folder.resolve("absent"), "--masks", masks, "--partitions", "1");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err())
        .contains(
            "wrong-masks/" + absent + ": expected a PNG file, black where the image is hidden");
  }

  /** Two corpora that differ in hidden pixels alone give one dictionary. */
  @Test
  void whatIsHiddenWhileLearningPlaysNoPart() throws IOException {
    Path masks = folder.resolve("learning-masks");
    Path other = folder.resolve("other-corpus");
    for (Path image : images()) {
      BufferedImage picture = ImageIO.read(image.toFile());
      writeMask(masks, image, picture.getWidth(), picture.getHeight());
      for (int i = 0; i < picture.getWidth() * picture.getHeight(); i++) {
        if (isHidden(i % picture.getWidth(), i / picture.getWidth())) {
          picture.setRGB(i % picture.getWidth(), i / picture.getWidth(), 0xffffff);
        }
      }
      Path file = other.resolve(corpus.relativize(image));
      Files.createDirectories(file.getParent());
      ImageIO.write(picture, "png", file.toFile());
    }
    Path config = Files.writeString(folder.resolve("masked.yaml"), config());
    Path first = folder.resolve("masked-first");
    Path second = folder.resolve("masked-second");
    Result result = train(config, corpus, first, "--masks", masks);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(train(config, other, second, "--masks", masks, "--partitions", 3).code()).isZero();
    String learned = metrics(first).path("fingerprint").asText();
    assertThat(metrics(second).path("fingerprint").asText()).isEqualTo(learned).isNotEmpty();
    assertThat(metrics(csc).path("fingerprint").asText()).isNotEqualTo(learned);
    assertThat(Files.readString(first.resolve("report.html"))).contains("hidden pixels");
  }

  @Test
  void aMaskThatIsMissingAndANetworkWithoutHiddenPixelsEndTraining() throws IOException {
    Path masks = folder.resolve("one-mask");
    for (Path image : images().subList(1, images().size())) {
      BufferedImage size = ImageIO.read(image.toFile());
      writeMask(masks, image, size.getWidth(), size.getHeight());
    }
    Path config = Files.writeString(folder.resolve("one-masked.yaml"), config());
    Path out = folder.resolve("masked-never");
    Result none = train(config, corpus, out, "--masks", masks);
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err())
        .contains("one-mask/" + corpus.relativize(images().get(0)))
        .contains("expected a PNG file, black where the image is hidden, got none");
    Path kept = Files.writeString(Files.createDirectories(folder.resolve("old")).resolve("a"), "b");
    Result typo = train(config, corpus, kept.getParent(), "--masks", "none", "--overwrite");
    assertThat(typo.err()).contains("masks none: expected a folder of PNG files");
    assertThat(kept).exists();
    Result dry = train(config, corpus, folder.resolve("dry"), "--masks", "none", "--dry-run");
    assertThat(dry.code()).isEqualTo(1);
    Path adn = Files.writeString(folder.resolve("adn.yaml"), TinyConfig.shipped("quickstart.yaml"));
    Result family = train(adn, corpus, folder.resolve("adn-out"), "--masks", masks);
    assertThat(family.code()).isEqualTo(1);
    assertThat(family.err()).contains("masks: expected convolutional sparse coding");
    Path resized =
        Files.writeString(
            folder.resolve("resized.yaml"),
            TinyConfig.changed(config(), "longestSide: 0", "longestSide: 30"));
    Result size = train(resized, corpus, folder.resolve("resized-out"), "--masks", masks);
    assertThat(size.err()).contains("masks: expected preprocessing that keeps pixels");
  }

  private static Result train(Path config, Path input, Path out, Object... more) {
    List<Object> words =
        Stream.concat(
                Stream.of("train", "--config", config, "--input", input, "--output", out),
                Stream.of(more))
            .toList();
    return run(words.toArray());
  }

  @Test
  void anOutputAroundTheMasksIsRefused() throws IOException {
    Path out = Files.createDirectories(folder.resolve("around/masks")).getParent();
    Result result = inpaint(csc, out, "--masks", out.resolve("masks"), "--overwrite");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("expected a folder that the folder of masks");
  }

  @Test
  void oneOfShareAndMasksIsNeeded() {
    Path out = folder.resolve("usage");
    assertThat(inpaint(csc, out).code()).isEqualTo(2);
    assertThat(inpaint(csc, out, "--missing", "0.5", "--masks", corpus).code()).isEqualTo(2);
    assertThat(inpaint(csc, out, "--missing", "0.5", "--lambda", "1,2").err())
        .contains("--lambda: expected 1 weight, one a layer of the model, got 2");
    assertThat(out).doesNotExist();
  }

  @Test
  void aModelOfAnotherFamilyIsRefused() throws IOException {
    String denoise = TinyConfig.shipped("denoise-dn.yaml");
    String small = TinyConfig.changed(denoise, "maps: 16", "maps: 4", "maps: 24", "maps: 4");
    Path dn = TinyModel.train(folder, "dn", TinyConfig.withEpochs(1, small), corpus);
    Result result = inpaint(dn, folder.resolve("dn-out"), "--missing", "0.5");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("expected convolutional sparse coding (network.model: csc), got")
        .contains("network.model dn");
  }

  @Test
  void theDictionaryDenoisesToo() throws IOException {
    Path out = folder.resolve("denoised");
    Result result =
        run(
            "denoise",
            "--model",
            csc,
            "--input",
            corpus,
            "--output",
            out,
            "--sigma",
            "20",
            "--lambda",
            "0.1");
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode metrics = metrics(out);
    assertThat(metrics.path("lambda")).hasToString("[0.1]");
    assertThat(metrics.path("snr_denoised_layer1").asDouble())
        .isGreaterThan(metrics.path("snr_noisy").asDouble() + 1);
    assertThat(names(out.resolve("images/class0/image0.png")))
        .containsExactly("clean.png", "layer1.png", "noisy.png");
  }

  /** A block, and a line of dots. */
  private static boolean isHidden(int x, int y) {
    return x >= 10 && x < 14 && y >= 20 && y < 25 || y == 5 && x % 2 == 0;
  }

  private static void writeMask(Path masks, Path image, int width, int height) throws IOException {
    BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        mask.getRaster().setSample(x, y, 0, isHidden(x, y) ? 0 : 255);
      }
    }
    Path file = masks.resolve(corpus.relativize(image));
    Files.createDirectories(file.getParent());
    ImageIO.write(mask, "png", file.toFile());
  }

  private static List<Path> images() throws IOException {
    try (Stream<Path> files = Files.walk(corpus)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static int[] pixels(Path picture) throws IOException {
    BufferedImage image = ImageIO.read(picture.toFile());
    return image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
  }

  private static Result trial(Path out, int partitions) {
    return inpaint(csc, out, "--missing", "0.5", "--lambda", "0.03", "--partitions", partitions);
  }

  private static Result inpaint(Path model, Path out, Object... more) {
    List<Object> words =
        Stream.concat(
                Stream.of("inpaint", "--model", model, "--input", corpus, "--output", out),
                Stream.of(more))
            .toList();
    return run(words.toArray());
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
