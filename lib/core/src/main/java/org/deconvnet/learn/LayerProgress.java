package org.deconvnet.learn;

import java.io.Serializable;

/**
 * Where learning a layer stands, summed over the images coded so far in the epoch. Epoch 0 stands
 * for the last pass, with the finished filters.
 *
 * @param dataTerm Σ λ/2 ‖R z − y‖²
 * @param sparsity Σ |z|₁
 * @param relativeError Σ‖R z − y‖² / Σ‖y‖²
 * @param density share of entries of z that are not zero
 */
public record LayerProgress(
    int layer,
    int epoch,
    long images,
    double dataTerm,
    double sparsity,
    double relativeError,
    double density)
    implements Serializable {

  public double objective() {
    return dataTerm + sparsity;
  }

  /** Whether every code was zero; of the network of 2010, every sparse code x. */
  public boolean empty() {
    return density == 0;
  }

  /** Objective of one image, on average. */
  public double meanObjective() {
    return objective() / images;
  }
}
