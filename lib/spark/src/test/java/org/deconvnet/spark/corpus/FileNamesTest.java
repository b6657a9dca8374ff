package org.deconvnet.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file is called, it is either read or named as skipped. */
class FileNamesTest {
  private static final List<String> HOSTILE =
      List.of(
          "Screenshot 2024-05-01 12:30:00.png",
          ":.png",
          "s3a:x.png",
          "back\\slash.png",
          "{a,b}.png",
          "[x]*?.png",
          "100%41.png",
          "%.png",
          " leading.png",
          "trailing.png ",
          "dots.png..",
          "new\nline.png",
          "tab\t.png",
          "quote\"',;.png",
          "#fragment.png",
          "?query=1&b.png",
          "$HOME `ls`.png",
          "-rf.png",
          "~.png",
          "<|>.png",
          "\u007f.png",
          "\u00e9.png",
          "e\u0301.png",
          "！.png",
          "😀.png",
          "\uFFFD.png",
          "_MG_1234.png",
          "__.png",
          "_SUCCESS.png",
          "_temporary");

  @TempDir Path folder;
  private Path files;
  private byte[] png;

  @BeforeEach
  void write() throws IOException {
    files = folder.resolve("photos:2020 ünï");
    BarCorpus.write(files, 2, 1, 1);
    png = Files.readAllBytes(files.resolve("class0/image0.png"));
  }

  private void image(String id) throws IOException {
    Path file = files.resolve(id);
    Files.createDirectories(file.getParent());
    Files.write(file, png);
  }

  private ImageCorpus open(Path corpus) {
    return ImageCorpus.open(LocalSpark.session(), corpus.toString(), Set.of(), 0);
  }

  private static Map<String, List<Object>> rows(ImageCorpus corpus) {
    Map<String, List<Object>> rows = new TreeMap<>();
    for (Row row : corpus.read(2).collectAsList()) {
      rows.put(row.getString(0), List.of(row.getString(1), Arrays.hashCode(row.<byte[]>getAs(2))));
    }
    return rows;
  }

  @Test
  void everyNameIsReadLooseAndPacked() throws IOException {
    List<String> ids = new ArrayList<>(List.of("class0/image0.png", "class1/image0.png"));
    for (String name : HOSTILE) {
      ids.add("12:30 😀/" + name);
      ids.add("_negatives/" + name);
    }
    for (String id : ids.subList(2, ids.size())) {
      image(id);
    }
    Map<String, List<Object>> loose = rows(open(files));
    assertThat(loose.keySet()).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(open(files).classes()).contains("_negatives", "12:30 😀");
    Path packed = Files.createDirectories(folder.resolve("packed:1"));
    CorpusPacker.Packed result =
        CorpusPacker.of(LocalSpark.session(), files.toString()).pack(packed.toString(), 1 << 20);
    assertThat(result.skipped()).isEmpty();
    assertThat(rows(open(packed))).isEqualTo(loose);
    assertThat(open(packed).read(List.of("_negatives/" + HOSTILE.get(0)), 1).count()).isEqualTo(1);
  }

  @Test
  void filesAreVisitedInTheOrderOfTheirIds() throws IOException {
    for (String id : List.of("b", "a b", "a/x", "a!x", "a.png", "a-", "😀", "！", "Z/1", "a/b/c")) {
      image(id);
    }
    List<String> ids = new ArrayList<>();
    new CorpusWalk(
            WholeFile.withoutChecksums(
                new org.apache.hadoop.fs.Path(files.toUri())
                    .getFileSystem(LocalSpark.session().sparkContext().hadoopConfiguration())),
            new org.apache.hadoop.fs.Path(files.toUri().getPath()),
            file -> ids.add(file.id()),
            skipped -> {
              throw new AssertionError(skipped);
            })
        .run();
    List<String> sorted = new ArrayList<>(ids);
    Collections.sort(sorted);
    assertThat(ids).hasSize(12).isEqualTo(sorted);
  }

  @Test
  void whatSparkHadoopAndThisProgramWriteIsPassedOver() throws IOException {
    for (String id :
        List.of(
            ".DS_Store",
            ".thumbnails/a.png",
            "class0/._a.png",
            "_SUCCESS",
            "_metadata",
            "_common_metadata",
            "_started_12",
            "_committed_12",
            "_committed_vacuum12",
            "_deconvnet",
            "_deconvnet-writer",
            "_temporary/0/a.png",
            "_spark_metadata/0",
            "_delta_log/0.json",
            "__magic/a.png",
            "__magic_job-1/a.png")) {
      image(id);
    }
    image("class0/_started_early.png");
    ImageCorpus corpus = open(files);
    assertThat(corpus.classes()).containsExactly("class0", "class1");
    assertThat(corpus.refusedFiles()).isEmpty();
    assertThat(rows(corpus)).hasSize(3).containsKey("class0/_started_early.png");
  }

  @Test
  void namesThatCannotBeReadAreNamedAndCounted() throws IOException {
    Path kind = files.resolve("class0");
    Files.createSymbolicLink(kind.resolve("gone.png"), Path.of("nothing here.png"));
    Files.createSymbolicLink(kind.resolve("round.png"), Path.of("round.png"));
    Files.createSymbolicLink(kind.resolve("back"), Path.of(".."));
    Files.createSymbolicLink(kind.resolve("other.png"), kind.resolve("image0.png"));
    Files.createSymbolicLink(files.resolve("class2"), Path.of("class1"));
    String address = files.toUri().toString();
    Files.write(Path.of(URI.create(address + "class1/b%FFd.png")), png);
    Path odd = Files.createDirectories(Path.of(URI.create(address + "Z%FCrich/deep")));
    Files.write(odd.resolve("1.png"), png);
    Files.write(odd.resolve("2.png"), png);
    ImageCorpus corpus = open(files);
    assertThat(corpus.refusedFiles())
        .extracting(SkippedFile::path)
        .containsExactly(
            "Z\\xFCrich/",
            "class0/back/",
            "class0/gone.png",
            "class0/round.png",
            "class1/b\\xFFd.png",
            "class2/b\\xFFd.png");
    assertThat(corpus.refusedFiles())
        .extracting(SkippedFile::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).contains("not valid UTF-8", "its 2 files"),
            reason -> assertThat(reason).contains("leads back"),
            reason -> assertThat(reason).isEqualTo("link to nothing"),
            reason -> assertThat(reason).contains("leads to no file"),
            reason -> assertThat(reason).contains("not valid UTF-8; rename it"),
            reason -> assertThat(reason).contains("not valid UTF-8; rename it"));
    assertThat(rows(corpus).keySet())
        .containsExactly(
            "class0/image0.png", "class0/other.png", "class1/image0.png", "class2/image0.png");
    assertThat(corpus.files()).isEqualTo(4 + 6);
    Path packed = Files.createDirectories(folder.resolve("packed"));
    assertThat(
            CorpusPacker.of(LocalSpark.session(), files.toString())
                .pack(packed.toString(), 1 << 20)
                .skipped())
        .isEqualTo(corpus.refusedFiles());
  }

  @Test
  void whatIsLeftOutStaysNamedWhereClassesAreChosen() throws IOException {
    Files.createSymbolicLink(files.resolve("gone.png"), Path.of("nothing here.png"));
    Files.write(files.resolve("class1/empty.png"), new byte[0]);
    ImageCorpus some =
        ImageCorpus.open(LocalSpark.session(), files.toString(), Set.of("class1"), 0);
    assertThat(some.refusedFiles()).extracting(SkippedFile::path).containsExactly("gone.png");
  }

  @Test
  void resultsOfThisProgramAreLeftOutAndCountedOnce() throws IOException {
    for (String id : List.of("out/images/a.png", "out/images/b.png", "class1/older/c.png")) {
      image(id);
    }
    Files.writeString(files.resolve("out/_deconvnet"), "complete");
    Files.writeString(files.resolve("class1/older/_deconvnet"), "running");
    ImageCorpus corpus = open(files);
    assertThat(corpus.refusedFiles())
        .containsExactly(
            new SkippedFile("class1/older/", "a result of deconvnet, left out"),
            new SkippedFile("out/", "a result of deconvnet, left out"));
    assertThat(corpus.classes()).containsExactly("class0", "class1");
    assertThat(rows(corpus)).hasSize(2);
    // Who names such a folder itself means it.
    assertThat(rows(open(files.resolve("out")))).hasSize(2);
  }

  @Test
  void aPipeIsNoImageAndIsNotWaitedFor() throws IOException, InterruptedException {
    Path pipe = files.resolve("class0/pipe.png");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(open(files).refusedFiles())
        .containsExactly(
            new SkippedFile(
                "class0/pipe.png", "expected a file, got a pipe, a socket or a device"));
  }

  @Test
  void anImageThatIsGoneWhenItIsReadIsNamed() throws IOException {
    ImageCorpus corpus = open(files);
    Files.delete(files.resolve("class1/image0.png"));
    assertThatThrownBy(() -> corpus.read().collectAsList())
        .hasStackTraceContaining("image class1/image0.png of file:")
        .hasStackTraceContaining("cannot be read");
  }

  /** Java 17 without a UTF-8 locale knows ASCII names alone. */
  @Test
  void aProcessWithoutAUtf8LocaleReadsTheSameNames() throws IOException, InterruptedException {
    image("Zürich/Straße 😀.png");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ListedInAnotherLocale.class.getName(),
            files.toUri().getRawPath());
    builder.environment().put("LC_ALL", "POSIX");
    Path errors = folder.resolve("errors");
    Process process = builder.redirectError(errors.toFile()).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    assertThat(said.lines())
        .containsExactly(
            "ANSI_X3.4-1968",
            "Zürich/Straße 😀.png " + png.length,
            "class0/image0.png " + png.length,
            "class1/image0.png " + Files.size(files.resolve("class1/image0.png")));
  }
}
