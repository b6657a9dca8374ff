package org.deconvnet.spark.corpus;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The address of a folder as a user gives it: a path, or one with a scheme before a colon. */
final class FolderAddress {
  private static final Set<String> WEB = Set.of("http", "https");
  private static final Set<String> OTHER_S3 = Set.of("s3", "s3n");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

  /** What Java makes of bytes that its locale has no character for. */
  private static final char LOST = '\uFFFD';

  private FolderAddress() {}

  /**
   * Its place in a file system of Hadoop's.
   *
   * @param what it is, for messages: "corpus", "output"
   * @throws CorpusException that says what is meant, if no folder can be there
   */
  static Path of(SparkSession spark, String what, String given) {
    requireWhole(what, given);
    int colon = given.indexOf(':');
    int slash = given.indexOf('/');
    if (colon >= 0 && (slash < 0 || colon < slash)) {
      requireScheme(
          spark.sparkContext().hadoopConfiguration(),
          what,
          given.substring(0, colon),
          given.substring(colon + 1));
    }
    return new Path(given);
  }

  private static void requireWhole(String what, String given) {
    if (given.isBlank()) {
      throw new CorpusException(
          "%s: expected a folder, got an empty text; give its path".formatted(what));
    }
    if (given.indexOf(LOST) >= 0 && !NameEncoding.holds(given)) {
      throw new CorpusException("%s %s: %s".formatted(what, given, NameEncoding.complaint()));
    }
  }

  private static void requireScheme(Configuration hadoop, String what, String scheme, String rest) {
    String given = scheme + ":" + rest;
    if (WEB.contains(scheme)) {
      throw refused(
          what, given, "a web address", "download its files and give the folder that they are in");
    }
    boolean known = isKnown(hadoop, scheme);
    if (OTHER_S3.contains(scheme) && !known) {
      throw refused(what, given, "scheme " + scheme, "Spark reads S3 as s3a:%s".formatted(rest));
    }
    if (!known && !rest.startsWith("//")) {
      throw refused(
          what, given, "a name with a colon, which reads as an address", "write ./" + given);
    }
    if (!known) {
      throw refused(
          what,
          given,
          "scheme " + scheme + ", which no file system here answers to",
          "put its connector's jar on Spark's class path");
    }
    if (!rest.startsWith("/")) {
      throw refused(
          what,
          given,
          "scheme " + scheme + " without a whole path",
          "write %s:// and the path from the root on, or, of a folder here, ./%s"
              .formatted(scheme, given));
    }
  }

  private static CorpusException refused(String what, String given, String got, String remedy) {
    return new CorpusException(
        "%s %s: expected a folder's path or an address such as s3a://BUCKET/FOLDER, got %s; %s"
            .formatted(what, given, got, remedy));
  }

  private static boolean isKnown(Configuration hadoop, String scheme) {
    if (!SCHEME.matcher(scheme).matches()) {
      return false;
    }
    try {
      return FileSystem.getFileSystemClass(scheme, hadoop) != null;
    } catch (IOException e) {
      // Hadoop's way to say that it knows no such scheme.
      return false;
    } catch (RuntimeException e) {
      if (e.getCause() instanceof ClassNotFoundException) {
        // It knows the scheme, and its connector's name, but has no such connector.
        return false;
      }
      throw e;
    }
  }
}
