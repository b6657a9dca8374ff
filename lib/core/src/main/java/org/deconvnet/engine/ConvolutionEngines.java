package org.deconvnet.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.deconvnet.tensor.UserErrorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that chooses an engine. Tries it against the plain one and logs the choice and its
 * reason, once a JVM. Thread-safe.
 */
public final class ConvolutionEngines {
  /** Takes the fastest engine that can run here. */
  public static final String AUTO = "auto";

  private static final Logger LOG = LoggerFactory.getLogger(ConvolutionEngines.class);
  private static final Map<String, ConvolutionEngineProvider> RESOLVED = new HashMap<>();

  private ConvolutionEngines() {}

  /**
   * The engine that a name stands for in this JVM, with its variant: "vector-512". Any other JVM
   * that is asked for it gives the same bits or fails.
   *
   * @param name of an engine, with or without a variant, or "auto"
   * @throws IllegalArgumentException if there is no engine of this name
   * @throws EngineUnavailableException if it cannot run here, or its variant is another one here
   */
  public static String resolve(String name) {
    return identity(provider(name));
  }

  private static String identity(ConvolutionEngineProvider provider) {
    String variant = provider.variant();
    return variant.isEmpty() ? provider.name() : provider.name() + "-" + variant;
  }

  /**
   * A new engine for one thread.
   *
   * @throws IllegalArgumentException if there is no engine of this name
   * @throws EngineUnavailableException if the engine cannot run here, computes wrong values or has
   *     another variant here than the name says
   */
  public static ConvolutionEngine create(String name) {
    return provider(name).create();
  }

  /** What offers the engine of this name, or the one that {@code auto} stands for. */
  public static synchronized ConvolutionEngineProvider provider(String name) {
    ConvolutionEngineProvider known = RESOLVED.get(name);
    if (known == null) {
      known = choose(name);
      RESOLVED.put(name, known);
      // What auto stands for has been tried: its own name needs no second trial.
      RESOLVED.put(known.name(), known);
      RESOLVED.put(identity(known), known);
    }
    return known;
  }

  /**
   * Refuses a name that no engine has, without a trial.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  public static void requireName(String name) {
    List<ConvolutionEngineProvider> all = providers();
    if (!name.equals(AUTO) && all.stream().noneMatch(p -> isNamed(p, name))) {
      throw unknown(name, all);
    }
  }

  private static boolean isNamed(ConvolutionEngineProvider provider, String name) {
    return name.equals(provider.name()) || name.startsWith(provider.name() + "-");
  }

  private static IllegalArgumentException unknown(
      String name, List<ConvolutionEngineProvider> all) {
    return new UserErrorException(
        "convolution engine: expected auto or one of %s, got '%s'".formatted(names(all), name));
  }

  private static ConvolutionEngineProvider choose(String name) {
    return name.equals(AUTO) ? fastest(providers()) : named(name, providers());
  }

  private static List<ConvolutionEngineProvider> providers() {
    List<ConvolutionEngineProvider> all = new ArrayList<>();
    ServiceLoader.load(
            ConvolutionEngineProvider.class, ConvolutionEngineProvider.class.getClassLoader())
        .forEach(all::add);
    all.add(new ScalarEngineProvider());
    all.sort(Comparator.comparingInt(ConvolutionEngineProvider::rank).reversed());
    return all;
  }

  private static ConvolutionEngineProvider fastest(List<ConvolutionEngineProvider> all) {
    for (ConvolutionEngineProvider candidate : all) {
      Optional<String> reason = reasonAgainst(candidate);
      if (reason.isEmpty()) {
        LOG.info("convolution engine: {}", identity(candidate));
        return candidate;
      }
      LOG.warn("convolution engine {} not used: {}", candidate.name(), reason.get());
    }
    throw new IllegalStateException("convolution engine: none can run here");
  }

  /** Why this engine is not to be taken where there is a choice. */
  static Optional<String> reasonAgainst(ConvolutionEngineProvider candidate) {
    Optional<String> reason = candidate.unavailableReason();
    if (reason.isPresent() || candidate instanceof ScalarEngineProvider) {
      return reason;
    }
    EngineTrial trial = new EngineTrial(candidate.create());
    return trial.wrongValues().or(trial::tooSlow);
  }

  private static ConvolutionEngineProvider named(String name, List<ConvolutionEngineProvider> all) {
    ConvolutionEngineProvider found =
        all.stream()
            .filter(p -> isNamed(p, name))
            .findFirst()
            .orElseThrow(() -> unknown(name, all));
    requireUsable(found, name);
    if (!(found instanceof ScalarEngineProvider)) {
      tryOut(found);
    }
    LOG.info("convolution engine: {} (asked for by name)", identity(found));
    return found;
  }

  /** An engine asked for by name runs here, in the variant that the name may say. */
  static void requireUsable(ConvolutionEngineProvider found, String name) {
    found
        .unavailableReason()
        .ifPresent(
            reason -> {
              throw new EngineUnavailableException(
                  "convolution engine '%s' cannot run here: %s".formatted(name, reason));
            });
    if (!name.equals(found.name()) && !name.equals(identity(found))) {
      throw new EngineUnavailableException(
          ("convolution engine: expected %s, as the driver has it, got %s in this JVM; the two give"
                  + " different bits, so give driver and executors one width with"
                  + " -XX:MaxVectorSize=BYTES, or use engine scalar")
              .formatted(name, identity(found)));
    }
  }

  /** Wrong values stop a run; an engine that was asked for and is slow here is only named. */
  static void tryOut(ConvolutionEngineProvider asked) {
    EngineTrial trial = new EngineTrial(asked.create());
    trial
        .wrongValues()
        .ifPresent(
            reason -> {
              throw new EngineUnavailableException(
                  "convolution engine '%s' computes wrong values in this JVM: %s; use engine scalar and report it"
                      .formatted(asked.name(), reason));
            });
    trial
        .tooSlow()
        .ifPresent(reason -> LOG.warn("convolution engine {}: {}", asked.name(), reason));
  }

  private static String names(List<ConvolutionEngineProvider> all) {
    return all.stream().map(ConvolutionEngineProvider::name).collect(Collectors.joining(", "));
  }

  private static final class ScalarEngineProvider implements ConvolutionEngineProvider {
    @Override
    public String name() {
      return ScalarConvolutionEngine.NAME;
    }

    @Override
    public int rank() {
      return 0;
    }

    @Override
    public Optional<String> unavailableReason() {
      return Optional.empty();
    }

    @Override
    public ConvolutionEngine create() {
      return new ScalarConvolutionEngine();
    }

    @Override
    public float multiplyAdd(int rounds) {
      float a = 0;
      float b = 1;
      float c = 2;
      float d = 3;
      for (int i = 0; i < rounds; i++) {
        a = a * 0.999f + 0.001f;
        b = b * 0.999f + 0.001f;
        c = c * 0.999f + 0.001f;
        d = d * 0.999f + 0.001f;
      }
      return a + b + c + d;
    }

    @Override
    public int operationsPerRound() {
      return 8;
    }
  }
}
