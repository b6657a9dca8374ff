package org.deconvnet.pursuit;

/** What becomes of the sign of a code before maxima are taken. */
public enum Signs {
  /** It is dropped: a map an atom. */
  TOGETHER,
  /** Positive and negative parts stand apart: first a map an atom of these, then one of those. */
  APART;

  /** Maps of so many atoms. */
  public int maps(int atoms) {
    return this == APART ? 2 * atoms : atoms;
  }
}
