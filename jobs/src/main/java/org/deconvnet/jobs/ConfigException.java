package org.deconvnet.jobs;

/** The configuration or a command-line value is wrong: the user's to mend, exit code 2. */
final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ConfigException(String message) {
    super(message);
  }

  ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
