package org.deconvnet.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Terminal terminal(Terminal.Style style, int columns) {
    return new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), style, columns);
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private static void run(Terminal terminal) {
    terminal.step("step");
    terminal.bar(0.5, "half");
    terminal.println("λ is the result");
  }

  @Test
  void linesStayAndNothingIsRedrawn() {
    run(terminal(Terminal.Style.LINES, 80));
    assertThat(shown()).isEqualTo("step\nλ is the result\n");
  }

  @Test
  void quietShowsTheResultAlone() {
    run(terminal(Terminal.Style.QUIET, 80));
    assertThat(shown()).isEqualTo("λ is the result\n");
  }

  @Test
  void aBarIsRedrawnInItsPlaceAndGoneBeforeTheNextLine() {
    Terminal terminal = terminal(Terminal.Style.BAR, 80);
    terminal.bar(0.25, "a quarter");
    terminal.bar(0.5, "half");
    terminal.println("done");
    terminal.println("and more");
    assertThat(shown())
        .isEqualTo(
            Terminal.CLEAR
                + "[######..................]  25 %  a quarter"
                + Terminal.CLEAR
                + "[############............]  50 %  half"
                + Terminal.CLEAR
                + "done\nand more\n");
  }

  @Test
  void aBarIsCutToLessThanTheScreenAndItsShareIsBounded() {
    terminal(Terminal.Style.BAR, 20).bar(7, "never wrapped");
    assertThat(shown()).isEqualTo(Terminal.CLEAR + "[##################");
    assertThat(Terminal.picture(7)).endsWith("########] 100 %");
    assertThat(Terminal.picture(-1)).startsWith("[....").endsWith("]   0 %");
    assertThat(Terminal.picture(0.999)).endsWith(" 99 %");
  }

  @Test
  void anyOtherStreamShowsLines() {
    run(Terminal.on(new PrintStream(bytes, true, StandardCharsets.UTF_8)));
    assertThat(shown()).isEqualTo("step\nλ is the result\n");
    Terminal quiet = terminal(Terminal.Style.QUIET, 80);
    assertThat(Terminal.on(quiet)).isSameAs(quiet);
  }
}
