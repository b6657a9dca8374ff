package org.deconvnet.spark.checkpoint;

/** A checkpoint cannot be gone on from; the message says where it is, what is wrong, what to do. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param cause may be null
   */
  public CheckpointException(String place, String wrong, Throwable cause) {
    super(
        "checkpoint %s: %s; give another folder, or start anew with --overwrite"
            .formatted(place, wrong),
        cause);
  }
}
