package org.deconvnet.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.config.ExperimentOptions.OnBadImage;
import org.deconvnet.spark.corpus.CorpusSplit.Labelled;
import org.deconvnet.spark.corpus.CorpusSplit.Role;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCorpusTest {
  @TempDir Path folder;

  private ImageCorpus open() {
    return ImageCorpus.open(LocalSpark.session(), folder.toString(), Set.of(), 0);
  }

  @Test
  void idsArePathsBelowTheRootAndFoldersAreClasses() throws IOException {
    BarCorpus.write(folder, 2, 3, 1);
    Path odd = Files.createDirectories(folder.resolve("with space & ünï"));
    Files.copy(folder.resolve("class0/image0.png"), odd.resolve("a b.png"));
    List<Row> rows = open().read().orderBy("path").collectAsList();
    assertThat(rows).extracting(r -> r.getString(0)).contains("class1/image2.png");
    assertThat(rows).extracting(r -> r.getString(0)).contains("with space & ünï/a b.png");
    assertThat(rows).extracting(r -> r.getString(1)).contains("with space & ünï");
    assertThat(open().classes()).containsExactly("class0", "class1", "with space & ünï");
  }

  @Test
  void classesCanBeLeftOutAndCounted() {
    BarCorpus.write(folder, 4, 2, 1);
    ImageCorpus some =
        ImageCorpus.open(LocalSpark.session(), folder.toString(), Set.of("class0"), 2);
    assertThat(some.classes()).containsExactly("class1", "class2");
    assertThat(some.read().count()).isEqualTo(4);
    assertThatThrownBy(
            () -> ImageCorpus.open(LocalSpark.session(), folder.toString(), Set.of("class0"), 4))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("expected at least the 4 classes that are asked for, got 3");
  }

  @Test
  void missingFolderIsNamed() {
    String nowhere = folder.resolve("nowhere").toString();
    assertThatThrownBy(() -> ImageCorpus.open(LocalSpark.session(), nowhere, Set.of(), 0))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining(nowhere)
        .hasMessageContaining("--input");
  }

  @Test
  void emptyFolderIsNamed() {
    assertThatThrownBy(this::open)
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("expected image files, got an empty folder");
  }

  @Test
  void folderWithoutClassesIsNoClassificationCorpus() throws IOException {
    BarCorpus.write(folder.resolve("sub"), 1, 2, 1);
    Path flat = Files.createDirectories(folder.resolve("flat"));
    Files.copy(folder.resolve("sub/class0/image0.png"), flat.resolve("one.png"));
    ImageCorpus corpus = ImageCorpus.open(LocalSpark.session(), flat.toString(), Set.of(), 0);
    assertThatThrownBy(corpus::requireClasses)
        .hasMessageContaining("expected at least two class folders with images, got 0");
    assertThat(corpus.read().collectAsList().get(0).isNullAt(1)).isTrue();
  }

  @Test
  void oneClassIsNoClassificationCorpus() {
    BarCorpus.write(folder, 1, 2, 1);
    assertThatThrownBy(() -> open().requireClasses()).hasMessageContaining("got 1 [class0]");
  }

  @Test
  void filesThatAreNoImagesAreCountedAndNamed() throws IOException {
    BarCorpus.write(folder, 2, 3, 1);
    Path kind = folder.resolve("class0");
    Files.write(kind.resolve("empty.jpg"), new byte[0]);
    Files.writeString(kind.resolve("notes.txt"), "not a picture");
    byte[] png = Files.readAllBytes(kind.resolve("image0.png"));
    Files.write(kind.resolve("short.png"), Arrays.copyOf(png, png.length / 2));
    Files.write(kind.resolve("bomb.png"), bomb());
    try (PreparedCorpus prepared = prepare(OnBadImage.SKIP)) {
      assertThat(prepared.count()).isEqualTo(6);
      assertThat(prepared.skipped())
          .extracting(SkippedFile::path)
          .containsExactlyInAnyOrder(
              "class0/bomb.png", "class0/empty.jpg", "class0/notes.txt", "class0/short.png");
      assertThat(reason(prepared, "class0/bomb.png")).contains("3600000000");
      assertThat(reason(prepared, "class0/empty.jpg")).contains("0 bytes");
    }
  }

  @Test
  void aBadImageFailsTheRunWhereAskedTo() throws IOException {
    BarCorpus.write(folder, 2, 2, 1);
    Files.writeString(folder.resolve("class1/notes.txt"), "not a picture");
    assertThatThrownBy(() -> prepare(OnBadImage.FAIL))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("class1/notes.txt");
  }

  @Test
  void anImageThatTheWindowDoesNotFitIntoIsSkippedWithItsReason() throws IOException {
    BarCorpus.write(folder, 2, 3, 1);
    BufferedImage narrow = new BufferedImage(4, 30, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(narrow, "png", folder.resolve("class0/narrow.png").toFile());
    ImagePreprocessor preprocessor =
        new ImagePreprocessor().setOptions(PreprocessOptions.NETWORK_2010);
    try (PreparedCorpus prepared = PreparedCorpus.of(open(), preprocessor, OnBadImage.SKIP, 2)) {
      assertThat(prepared.count()).isEqualTo(6);
      assertThat(prepared.skipped())
          .extracting(SkippedFile::path)
          .containsOnly("class0/narrow.png");
      assertThat(reason(prepared, "class0/narrow.png")).contains("at least 5 x 5", "got 30 x 4");
      assertThat(prepared.images().select("image.height").distinct().collectAsList())
          .extracting(row -> row.getInt(0))
          .containsExactly(36);
    }
    assertThatThrownBy(() -> PreparedCorpus.of(open(), preprocessor, OnBadImage.FAIL, 2))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("class0/narrow.png");
  }

  @Test
  void aFolderOfOtherFilesIsAnError() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "not a picture");
    assertThatThrownBy(() -> prepare(OnBadImage.SKIP))
        .hasMessageContaining("expected images, got 1 file and no image")
        .hasMessageContaining("a.txt");
  }

  private PreparedCorpus prepare(OnBadImage onBadImage) {
    return PreparedCorpus.of(open(), new ImagePreprocessor(), onBadImage, 2);
  }

  private static String reason(PreparedCorpus prepared, String path) {
    return prepared.skipped().stream()
        .filter(f -> f.path().equals(path))
        .findFirst()
        .orElseThrow()
        .reason()
        .replaceAll("[,. ](?=\\d{3})", "");
  }

  /** A PNG whose header says 60,000 x 60,000 pixels. */
  private static byte[] bomb() {
    byte[] header = {
      (byte) 0x89,
      'P',
      'N',
      'G',
      13,
      10,
      26,
      10,
      0,
      0,
      0,
      13,
      'I',
      'H',
      'D',
      'R',
      0,
      0,
      (byte) 0xEA,
      0x60,
      0,
      0,
      (byte) 0xEA,
      0x60,
      8,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0
    };
    CRC32 crc = new CRC32();
    crc.update(header, 12, 17);
    for (int i = 0; i < 4; i++) {
      header[29 + i] = (byte) (crc.getValue() >>> (24 - 8 * i));
    }
    byte[] end = {0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xAE, 0x42, 0x60, (byte) 0x82};
    byte[] all = Arrays.copyOf(header, header.length + end.length);
    System.arraycopy(end, 0, all, header.length, end.length);
    return all;
  }

  @Test
  void splitsDependOnIdsAndSeedAlone() {
    List<Labelled> images = new ArrayList<>();
    for (int n = 0; n < 30; n++) {
      images.add(new Labelled("c" + n % 3 + "/" + n, "c" + n % 3));
    }
    CorpusSplit once = CorpusSplit.draw(images, 4, 5, 7);
    java.util.Collections.reverse(images);
    CorpusSplit again = CorpusSplit.draw(images, 4, 5, 7);
    images.forEach(i -> assertThat(again.roleOf(i.id())).isEqualTo(once.roleOf(i.id())));
    assertThat(once.count(Role.TRAIN)).isEqualTo(12);
    assertThat(once.count(Role.TEST)).isEqualTo(15);
    CorpusSplit other = CorpusSplit.draw(images, 4, 5, 8);
    assertThat(images).anyMatch(i -> other.roleOf(i.id()) != once.roleOf(i.id()));
  }

  @Test
  void aClassTooSmallForTheSplitIsNamed() {
    List<Labelled> images = List.of(new Labelled("a/1", "a"), new Labelled("b/1", "b"));
    assertThatThrownBy(() -> CorpusSplit.draw(images, 1, 5, 1))
        .hasMessageContaining("class 'a': expected more than 1 usable image (")
        .hasMessageContaining("--train-per-class");
  }

  @Test
  void aFileThatEndsEarlyFailsItsTaskAndIsNoBadImage() throws IOException {
    byte[] three = {1, 2, 3};
    assertThat(FileSource.whole(new ByteArrayInputStream(three), 3, 10)).isEqualTo(three);
    assertThat(FileSource.whole(new ByteArrayInputStream(three), 3, 2)).hasSize(2);
    assertThatThrownBy(() -> FileSource.whole(new ByteArrayInputStream(three), 5, 10))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("expected 5 bytes, got 3");
  }

  @Test
  void utf8SurvivesTheMixer() {
    assertThat(org.deconvnet.learn.BatchPlan.mix("ü", 1))
        .isNotEqualTo(org.deconvnet.learn.BatchPlan.mix("u", 1));
    assertThat("ü".getBytes(StandardCharsets.UTF_8)).hasSize(2);
  }
}
