package org.deconvnet.jobs.doctor;

import java.util.Locale;

/** How bad a finding is. */
public enum Verdict {
  /** As expected. */
  OK,
  /** Runs work, and may be slow, or fail on larger images or corpora. */
  NOTE,
  /** Runs fail. */
  PROBLEM;

  /** As it stands at the beginning of a line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
