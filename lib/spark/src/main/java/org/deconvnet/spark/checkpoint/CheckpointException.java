package org.deconvnet.spark.checkpoint;

/** A checkpoint cannot be gone on from; the message says where it is, what is wrong, what to do. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param way how to go on without losing the work, where there is a way
   * @param cause may be null
   */
  public CheckpointException(String place, String wrong, String way, Throwable cause) {
    super(
        "checkpoint %s: %s; %s; or give this run another folder (--overwrite deletes the checkpoint and starts anew)"
            .formatted(place, wrong, way),
        cause);
  }
}
