package org.deconvnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.junit.jupiter.api.Test;

class EngineTrialTest {
  private static final long MILLIS = 1_000_000;

  @Test
  void thePlainEngineHasTheRightValues() {
    assertThat(new EngineTrial(new ScalarConvolutionEngine()).wrongValues()).isEmpty();
  }

  @Test
  void aWrongEngineIsNamedWithTheOperationAndNotTaken() {
    ConvolutionEngineProvider wrong = provider(() -> new Faulty(1.01f));
    assertThat(ConvolutionEngines.reasonAgainst(wrong)).get().asString().contains("ADJOINT is off");
    assertThatThrownBy(() -> ConvolutionEngines.tryOut(wrong))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'faulty' computes wrong values")
        .hasMessageContaining("use engine scalar");
  }

  @Test
  void anEngineThatGivesNotANumberIsWrong() {
    assertThat(new EngineTrial(new Faulty(Float.NaN)).wrongValues()).isPresent();
  }

  @Test
  void anEngineThatFailsIsNotTaken() {
    ConvolutionEngineProvider broken =
        provider(
            () ->
                new Faulty(
                    1,
                    () -> {
                      throw new IndexOutOfBoundsException("lane 8");
                    }));
    assertThat(ConvolutionEngines.reasonAgainst(broken)).get().asString().contains("lane 8");
  }

  @Test
  void anEngineThatTheJvmDoesNotAccelerateIsNotTaken() {
    assertThat(costing(round -> 1_800_000).tooSlow())
        .get()
        .asString()
        .contains("it takes 1.8 times as long as the plain engine");
  }

  @Test
  void anEngineThatIsCompiledLateIsWaitedFor() {
    // Each round a little faster: ten seconds of work until it is the faster one.
    assertThat(costing(round -> Math.max(50_000, (150 - round) * MILLIS)).tooSlow()).isEmpty();
  }

  @Test
  void oneRoundOfItsTrueSpeedIsEnoughHoweverManyAreDisturbed() {
    assertThat(costing(round -> (round == 90 ? 1 : 400) * MILLIS / 20).tooSlow()).isEmpty();
  }

  @Test
  void timeInWhichAnotherProgramHasTheProcessorDoesNotCount() {
    assertThat(new EngineTrial(idle(() -> pause(100))).tooSlow()).isEmpty();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A trial in which time passes with the engines' work alone: 1 ms a round of the plain engine,
   * and what is given for each round of the other.
   */
  private static EngineTrial costing(IntToLongFunction nanosOfRound) {
    AtomicLong now = new AtomicLong();
    AtomicInteger round = new AtomicInteger();
    return new EngineTrial(
        idle(() -> now.addAndGet(nanosOfRound.applyAsLong(round.getAndIncrement()))),
        idle(() -> now.addAndGet(MILLIS)),
        now::get);
  }

  /** An engine that computes nothing; each round it does what is given. */
  private static ConvolutionEngine idle(Runnable once) {
    return (ConvolutionEngine)
        Proxy.newProxyInstance(
            EngineTrialTest.class.getClassLoader(),
            new Class<?>[] {ConvolutionEngine.class},
            (self, method, arguments) -> {
              if (method.getName().equals("adjoint")) {
                once.run();
              }
              return switch (method.getName()) {
                case "entries" -> new ScalarConvolutionEngine().entries((FilterBank) arguments[0]);
                case "kernels" -> new ScalarConvolutionEngine().kernels();
                default -> null;
              };
            });
  }

  private static ConvolutionEngineProvider provider(Supplier<ConvolutionEngine> engine) {
    return new ConvolutionEngineProvider() {
      @Override
      public String name() {
        return "faulty";
      }

      @Override
      public int rank() {
        return 1;
      }

      @Override
      public Optional<String> unavailableReason() {
        return Optional.empty();
      }

      @Override
      public ConvolutionEngine create() {
        return engine.get();
      }

      @Override
      public float multiplyAdd(int rounds) {
        return 0;
      }

      @Override
      public int operationsPerRound() {
        return 1;
      }
    };
  }

  /** The plain engine with its adjoint scaled, and something done meanwhile. */
  private static final class Faulty implements ConvolutionEngine {
    private final ScalarConvolutionEngine plain = new ScalarConvolutionEngine();
    private final float factor;
    private final Runnable meanwhile;

    Faulty(float factor) {
      this(factor, () -> {});
    }

    Faulty(float factor, Runnable meanwhile) {
      this.factor = factor;
      this.meanwhile = meanwhile;
    }

    @Override
    public String name() {
      return "faulty";
    }

    @Override
    public void synthesize(FilterBank f, FeatureMaps z, FeatureMaps out) {
      plain.synthesize(f, z, out);
    }

    @Override
    public void adjoint(FilterBank f, FeatureMaps r, FeatureMaps out) {
      meanwhile.run();
      plain.adjoint(f, r, out);
      for (int i = 0; i < out.data().length; i++) {
        out.data()[i] *= factor;
      }
    }

    @Override
    public void filterGradient(FeatureMaps z, FeatureMaps r, FilterBank out) {
      plain.filterGradient(z, r, out);
    }

    @Override
    public Entries entries(FilterBank f) {
      return plain.entries(f);
    }

    @Override
    public void synthesizeEntries(FilterBank f, Entries entries, float[] values, FeatureMaps out) {
      plain.synthesizeEntries(f, entries, values, out);
    }

    @Override
    public void adjointEntries(FilterBank f, FeatureMaps r, Entries entries, float[] out) {
      plain.adjointEntries(f, r, entries, out);
    }

    @Override
    public void filterGradientEntries(
        Entries entries, float[] values, FeatureMaps r, FilterBank out) {
      plain.filterGradientEntries(entries, values, r, out);
    }

    @Override
    public ArrayKernels kernels() {
      return plain.kernels();
    }
  }
}
