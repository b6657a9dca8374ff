package org.deconvnet.jobs.yaml;

/** A file does not say what it should. The message is one line for the person who wrote it. */
public final class YamlMistakeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  YamlMistakeException(String message) {
    super(message);
  }

  YamlMistakeException(String message, Throwable cause) {
    super(message, cause);
  }
}
