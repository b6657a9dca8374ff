package org.deconvnet.engine;

/** The engine that a run uses cannot serve in this JVM; the message says why and the remedy. */
public final class EngineUnavailableException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  EngineUnavailableException(String message) {
    super(message);
  }
}
