package org.deconvnet.spark.corpus;

import java.nio.charset.Charset;

/**
 * Which file names this JVM can express. Its locale decides at its start; without one in UTF-8,
 * {@code java.io.File}, and Hadoop's local file system with it, turns all but ASCII into question
 * marks. {@link LocalFolder} reads around it; what is written, or given as an argument, cannot.
 */
final class NameEncoding {
  private NameEncoding() {}

  private static String name() {
    return System.getProperty("sun.jnu.encoding", "UTF-8");
  }

  static boolean holds(String path) {
    return Charset.forName(name()).newEncoder().canEncode(path);
  }

  /** What is wrong, and what to do. */
  static String complaint() {
    return "Java's file names are %s in this process's locale, which lacks some of these characters; set LC_ALL=C.UTF-8 and start again (for executors: --conf spark.executorEnv.LC_ALL=C.UTF-8)"
        .formatted(name());
  }
}
