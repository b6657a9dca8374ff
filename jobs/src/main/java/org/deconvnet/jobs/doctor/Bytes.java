package org.deconvnet.jobs.doctor;

import java.util.Locale;

/** Amounts of memory and of disk space in words. */
final class Bytes {
  static final long MB = 1L << 20;
  static final long GB = 1L << 30;

  private Bytes() {}

  /** With one decimal in GB (1024³ bytes); below 1 GB in whole MB (1024² bytes). */
  static String text(long bytes) {
    return bytes < GB
        ? "%d MB".formatted(bytes / MB)
        : String.format(Locale.ROOT, "%.1f GB", (double) bytes / GB);
  }
}
