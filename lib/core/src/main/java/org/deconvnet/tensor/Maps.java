package org.deconvnet.tensor;

import java.io.Serializable;

/**
 * A stack of maps, however its numbers are kept: all of them, or those that are not zero. Not
 * thread-safe for writing.
 */
public sealed interface Maps extends Serializable permits FeatureMaps, SparseMaps {
  /** (K, H, W). */
  Shape shape();

  /** The numbers that are kept; all others are zero. Shared. */
  float[] kept();

  /** All numbers; these maps themselves where they keep all. */
  FeatureMaps dense();

  /** The numbers that are not zero; these maps themselves where they keep no others. */
  SparseMaps sparse();

  /** Whether numbers that are zero are left out. */
  boolean isSparse();
}
