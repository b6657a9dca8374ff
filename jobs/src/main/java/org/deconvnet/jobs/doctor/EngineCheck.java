package org.deconvnet.jobs.doctor;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import org.deconvnet.engine.ConvolutionEngineProvider;
import org.deconvnet.engine.ConvolutionEngines;

/** The Vector API, and the engine of the convolutions that {@code auto} stands for here. */
final class EngineCheck {
  static final String NAME = "engine";

  private static final String FAST = "vector";
  private static final String EXPECTED = "the engine 'vector' on the JDK's Vector API";

  private EngineCheck() {}

  /** Tries the engines, as every run does: takes a second, and a few where one is slow. */
  static Check here() {
    String chosen = ConvolutionEngines.resolve(ConvolutionEngines.AUTO);
    return ServiceLoader.load(ConvolutionEngineProvider.class).stream()
        .map(Provider::get)
        .filter(provider -> provider.name().equals(FAST))
        .findFirst()
        .map(vector -> of(chosen, vector.unavailableReason(), vector))
        .orElseGet(
            () ->
                Check.note(
                    NAME,
                    "auto takes %s; this build has no engine 'vector'".formatted(chosen),
                    EXPECTED,
                    "build the whole program: ./mvnw verify"));
  }

  private static Check of(
      String chosen, Optional<String> missing, ConvolutionEngineProvider vector) {
    // Asked for a width alone where there is one.
    return of(chosen, missing, missing.isPresent() ? "" : vector.variant());
  }

  /**
   * @param chosen what {@code auto} stands for, with its variant
   * @param missing why the Vector API cannot be used, with the remedy; empty where it can
   * @param bits width of its vectors, where it can be used
   */
  static Check of(String chosen, Optional<String> missing, String bits) {
    if (missing.isPresent()) {
      String found = "auto takes %s: the Vector API is not there".formatted(chosen);
      return Check.note(NAME, found, EXPECTED, "runs are many times slower; " + missing.get());
    }
    String found = "auto takes %s; the Vector API is there, %s bits wide".formatted(chosen, bits);
    return chosen.startsWith(FAST)
        ? Check.ok(NAME, found, EXPECTED)
        : Check.note(
            NAME,
            found,
            EXPECTED,
            "runs are many times slower; the warning above says why it was not taken");
  }
}
