package org.deconvnet.spark.store;

/** Which release this program is. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /** Name and version, as in {@code deconvnet 0.1.0}; classes outside a jar have no version. */
  public static String text() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return "deconvnet " + (version == null ? "(unpacked build)" : version);
  }
}
