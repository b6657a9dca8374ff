package org.deconvnet.sums;

import java.io.Serializable;

/**
 * A sum that takes in another one of its kind; the order of merging changes no bit of it.
 *
 * @param <S> its own type
 */
public interface Mergeable<S> extends Serializable {
  /** Adds what {@code other} holds, which stays as it is. */
  void merge(S other);
}
