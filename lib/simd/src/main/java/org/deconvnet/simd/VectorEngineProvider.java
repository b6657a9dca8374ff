package org.deconvnet.simd;

import java.util.Optional;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngineProvider;

/** Offers the Vector API engine where the JVM was started with its module. Thread-safe. */
public final class VectorEngineProvider implements ConvolutionEngineProvider {
  private static final String MODULE = "jdk.incubator.vector";

  @Override
  public String name() {
    return "vector";
  }

  /** The width in bits: partial sums, and which way of computing pays, depend on it. */
  @Override
  public String variant() {
    return Integer.toString(TapKernel.LANES * Float.SIZE);
  }

  @Override
  public int rank() {
    return 100;
  }

  @Override
  public Optional<String> unavailableReason() {
    return ModuleLayer.boot().findModule(MODULE).isPresent()
        ? Optional.empty()
        : Optional.of(
            "module %s is missing; add --add-modules=%s to the JVM's options"
                .formatted(MODULE, MODULE));
  }

  @Override
  public ConvolutionEngine create() {
    return new VectorConvolutionEngine();
  }

  @Override
  public float multiplyAdd(int rounds) {
    return PeakKernel.run(rounds);
  }

  @Override
  public int operationsPerRound() {
    return PeakKernel.OPERATIONS;
  }
}
