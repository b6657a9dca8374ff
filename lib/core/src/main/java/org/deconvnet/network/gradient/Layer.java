package org.deconvnet.network.gradient;

/**
 * A layer at work on a ghost group: it knows the signals that it takes and gives. Once made it
 * allocates nothing. Not thread-safe.
 */
interface Layer {
  /** Takes its own out of the flat vector. */
  default void setParameters(float[] all) {}

  /** Takes its own out of the flat vector; used by {@link #infer}. */
  default void setStatistics(float[] all) {}

  /** Values, as training has them: a group is normalised by its own statistics. */
  void train();

  /** Values, as inference has them: an image's do not depend on the others. */
  default void infer() {
    train();
  }

  /** Puts the group's statistics, of the last {@link #train}, into the flat vector. */
  default void getStatistics(float[] all) {}

  /**
   * Gradients, after {@link #train}: writes them to every input that wants one.
   *
   * @param parameters receives the parameters' gradient in the flat vector; null where it is not
   *     wanted
   */
  void backward(float[] parameters);
}
