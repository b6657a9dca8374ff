package org.deconvnet.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CheckTest {
  @Test
  void aLineSaysTheVerdictWhatIsThereWhatShouldBeAndWhatToDo() {
    assertThat(Check.ok("java", "Java 17", "17 or newer").line())
        .isEqualTo("ok       java    Java 17; expected 17 or newer");
    assertThat(Check.note("disk", "2 GB", "10 GB", "free some").line())
        .isEqualTo("note     disk    2 GB; expected 10 GB; free some");
    assertThat(Check.problem("disk", "2 MB", "10 GB", "free some").line())
        .isEqualTo("problem  disk    2 MB; expected 10 GB; free some");
  }

  @Test
  void textsOfSeveralLinesStayInOne() {
    assertThat(Check.problem("spark", "it fails\n\tat here", "a job\r\n", "look").line())
        .isEqualTo("problem  spark   it fails at here; expected a job; look");
  }

  @Test
  void adviceIsGivenWhereSomethingIsToDoAndNowhereElse() {
    assertThatThrownBy(() -> Check.problem("disk", "2 MB", "10 GB", " "))
        .hasMessageContaining("expected advice for a note or a problem alone");
    assertThatThrownBy(() -> new Check("disk", Verdict.OK, "2 GB", "1 GB", "free some"))
        .hasMessageContaining("got OK and 'free some'");
    assertThatThrownBy(() -> Check.ok("disk", "", "1 GB"))
        .hasMessageContaining("expected a text for found");
  }
}
