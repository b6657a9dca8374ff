package org.deconvnet.network;

/**
 * What every trained network of layers tells of itself, whichever way its layers reconstruct.
 * Implementations are immutable, hence thread-safe.
 */
public interface Network {
  /** How many layers there are; they are numbered from 1, the one on the image. */
  int depth();

  /** sha256, in lower-case hexadecimal, over all that decides what the network computes. */
  String fingerprint();
}
