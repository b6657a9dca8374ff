package org.deconvnet.spark.corpus;

/**
 * The corpus is not what the job needs; the message says what, expected, got, where, what to do.
 */
public class CorpusException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CorpusException(String message) {
    super(message);
  }

  public CorpusException(String message, Throwable cause) {
    super(message, cause);
  }
}
