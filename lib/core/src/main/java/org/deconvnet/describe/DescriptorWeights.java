package org.deconvnet.describe;

/**
 * How much the descriptors of one activation count beside each other. Norms are those before
 * descriptors are normalised: what an activation puts into a patch.
 */
public enum DescriptorWeights {
  /** All alike: Zeiler et al., ICCV 2011, section 4, name no weights. */
  ALIKE,
  /**
   * Each by its norm over the largest one of the activation, so that a faint rim counts for little:
   * a departure from the paper.
   */
  NORM
}
