package org.deconvnet.spark.config;

/** An option of a command does not fit the model that it is for: wrong usage, found before work. */
public final class OptionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public OptionException(String message) {
    super(message);
  }
}
