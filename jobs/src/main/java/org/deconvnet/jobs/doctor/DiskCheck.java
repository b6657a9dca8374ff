package org.deconvnet.jobs.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder for temporary files: where Spark keeps what does not fit into memory. */
final class DiskCheck {
  static final String NAME = "disk";

  private static final long LEAST = Bytes.GB;
  private static final long COMFORTABLE = 10 * Bytes.GB;
  private static final String ELSEWHERE =
      "let temporary files go elsewhere: JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER";

  private DiskCheck() {}

  static Check here() {
    return of(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Writes an empty file to the folder, and deletes it. */
  static Check of(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, "deconvnet-doctor", null));
      return of(folder, Files.getFileStore(folder).getUsableSpace());
    } catch (IOException e) {
      return Check.problem(
          NAME,
          "%s cannot be written to (%s)".formatted(folder, e),
          "a folder for temporary files",
          "create it or " + ELSEWHERE);
    }
  }

  /**
   * @param free bytes
   */
  static Check of(Path folder, long free) {
    String found = "%s free in %s".formatted(Bytes.text(free), folder);
    String expected = "at least " + Bytes.text(COMFORTABLE);
    if (free >= COMFORTABLE) {
      return Check.ok(NAME, found, expected);
    }
    String advice = "free some or " + ELSEWHERE;
    return free < LEAST
        ? Check.problem(NAME, found, expected, advice)
        : Check.note(NAME, found, expected, advice);
  }
}
