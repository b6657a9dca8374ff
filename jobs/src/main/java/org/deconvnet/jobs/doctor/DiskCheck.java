package org.deconvnet.jobs.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;

/** The folders for temporary files: where Spark keeps what does not fit into memory. */
final class DiskCheck {
  static final String NAME = "disk";

  private static final long LEAST = Bytes.GB;
  private static final long COMFORTABLE = 10 * Bytes.GB;
  private static final String ELSEWHERE =
      "let temporary files go elsewhere: JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER";
  private static final String SPARKS_ELSEWHERE =
      "let Spark's files go elsewhere: --conf spark.local.dir=FOLDER";

  private DiskCheck() {}

  static Check here() {
    return of(temporary(), ELSEWHERE);
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /**
   * The folders that Spark is told to use on this machine, where they are others than the one for
   * temporary files: in {@code SPARK_LOCAL_DIRS}, else in {@code spark.local.dir}.
   *
   * @param variable null where it is not set
   */
  static List<Check> ofSpark(SparkConf conf, String variable) {
    String folders = variable == null ? conf.get("spark.local.dir", "") : variable;
    return Arrays.stream(folders.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .filter(folder -> !folder.equals(temporary()))
        .map(folder -> of(folder, SPARKS_ELSEWHERE))
        .toList();
  }

  /**
   * Writes an empty file to the folder, and deletes it.
   *
   * @param elsewhere how to take another folder
   */
  static Check of(Path folder, String elsewhere) {
    try {
      Files.delete(Files.createTempFile(folder, "deconvnet-doctor", null));
      return of(folder, Files.getFileStore(folder).getUsableSpace(), elsewhere);
    } catch (IOException e) {
      return Check.problem(
          NAME,
          "%s cannot be written to (%s)".formatted(folder, e),
          "a folder for temporary files",
          "create it or " + elsewhere);
    }
  }

  /**
   * @param free bytes
   */
  static Check of(Path folder, long free, String elsewhere) {
    String found = "%s free in %s".formatted(Bytes.text(free), folder);
    String expected = "at least " + Bytes.text(COMFORTABLE);
    if (free >= COMFORTABLE) {
      return Check.ok(NAME, found, expected);
    }
    String advice = "free some or " + elsewhere;
    return free < LEAST
        ? Check.problem(NAME, found, expected, advice)
        : Check.note(NAME, found, expected, advice);
  }
}
