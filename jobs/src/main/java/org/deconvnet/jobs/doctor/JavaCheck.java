package org.deconvnet.jobs.doctor;

/** The Java that runs this program. */
final class JavaCheck {
  static final String NAME = "java";

  private static final int LEAST = 17;

  private JavaCheck() {}

  static Check here() {
    return of(Runtime.version(), System.getProperty("java.vendor"));
  }

  static Check of(Runtime.Version version, String vendor) {
    String found = "Java %s of %s".formatted(version, vendor);
    String expected = LEAST + " or newer";
    return version.feature() >= LEAST
        ? Check.ok(NAME, found, expected)
        : Check.problem(NAME, found, expected, "install a JDK 17 or let JAVA_HOME name one");
  }
}
