package org.deconvnet.jobs.doctor;

import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.corpus.CorpusGlance;
import org.deconvnet.words.Count;

/** Whether a folder of images can be listed, and its first files are images. */
final class InputCheck {
  static final String NAME = "input";

  /** Enough to tell photographs from something else, and read within seconds from anywhere. */
  private static final int FILES = 20;

  private static final String EXPECTED = "images in a folder that can be listed";
  private static final String FORMATS = "JPEG, PNG, GIF, BMP, PNM, TIFF and WebP are read";

  private InputCheck() {}

  /** Never fails: what goes wrong is the finding. */
  static Check of(SparkSession spark, String folder) {
    Secrets secrets = Secrets.of(System.getenv(), spark.sparkContext().hadoopConfiguration());
    try {
      return of(CorpusGlance.at(spark, folder, FILES));
    } catch (RuntimeException e) {
      return failed(folder, e, secrets);
    }
  }

  static Check of(CorpusGlance glance) {
    if (glance.packed()) {
      String found = "%s: packed, %s".formatted(glance.root(), Count.of(glance.images(), "image"));
      return Check.ok(NAME, found, EXPECTED);
    }
    if (glance.files() == 0) {
      String found = glance.root() + ": no file";
      return Check.problem(NAME, found, EXPECTED, "check the path");
    }
    String found =
        "%s: %s among the %s%s"
            .formatted(
                glance.root(),
                Count.of(glance.images(), "image"),
                glance.more() ? "first " : "",
                Count.of(glance.files(), "file"));
    if (glance.images() == glance.files()) {
      return Check.ok(NAME, found, EXPECTED);
    }
    String advice =
        "a run skips and names what is no image, here %s".formatted(glance.firstSkipped());
    return glance.images() > 0
        ? Check.note(NAME, found, EXPECTED, advice)
        : Check.problem(NAME, found, EXPECTED, FORMATS + "; " + advice);
  }

  /** What a failure means, with no secret in it. */
  static Check failed(String folder, RuntimeException failure, Secrets secrets) {
    String said =
        failure instanceof CorpusException
            ? failure.getMessage()
            : "%s: %s".formatted(folder, FirstLine.of(failure));
    return Check.problem(NAME, secrets.hiddenIn(said), EXPECTED, advice(failure, secrets));
  }

  private static String advice(RuntimeException failure, Secrets secrets) {
    if (!isOfCredentials(failure)) {
      return "check the path and the right to read it";
    }
    String remedy =
        "in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role; docs/guide.md, S3";
    return secrets.values().isEmpty()
        ? "no credentials are set: give them " + remedy
        : "credentials are set and not accepted: mend them " + remedy;
  }

  /** S3 and its client say it in many ways; their classes need not be there. */
  private static boolean isOfCredentials(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String text = t.toString().toLowerCase(Locale.ROOT);
      if (text.contains("credential") || text.contains("s3exception") && text.contains("403")) {
        return true;
      }
    }
    return false;
  }

  /** The address is not repeated: it may be what was refused, for the login details in it. */
  static Check notLookedAt() {
    return Check.note(NAME, "not looked at", EXPECTED, "mend the problem of Spark first");
  }
}
