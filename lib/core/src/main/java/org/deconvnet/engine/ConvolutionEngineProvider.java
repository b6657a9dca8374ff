package org.deconvnet.engine;

import java.util.Optional;

/**
 * Offers one kind of {@link ConvolutionEngine} to {@link ConvolutionEngines} through {@link
 * java.util.ServiceLoader}. An implementation names no class in its signatures or fields that might
 * be missing at run time. Thread-safe.
 */
public interface ConvolutionEngineProvider {
  String name();

  /**
   * What in this JVM decides the last bits of the engine's results, such as the vectors' width:
   * JVMs whose variants differ give different bits. Empty where nothing does. Asked only of an
   * engine that can run here.
   */
  default String variant() {
    return "";
  }

  /** Higher is tried first when no engine is named. */
  int rank();

  /** Why this engine cannot run here, with the remedy; empty when it can. */
  Optional<String> unavailableReason();

  /** A new engine for one thread. */
  ConvolutionEngine create();

  /**
   * Independent multiply-adds in registers, in the widest form that this engine uses: what its
   * speed is a share of.
   *
   * @param rounds of the loop
   * @return a number that depends on every one of them
   */
  float multiplyAdd(int rounds);

  /** Operations in one round of {@link #multiplyAdd}. */
  int operationsPerRound();
}
