package org.deconvnet.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.deconvnet.tensor.Connectivity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectivityPlanTest {
  @ParameterizedTest
  @ValueSource(strings = {"full", "singlesAndPairs", "randomPairs", "110 011 101", "1"})
  void textComesBackFromParsing(String text) {
    ConnectivityPlan plan = ConnectivityPlan.parse(text);
    assertThat(plan.text()).isEqualTo(text);
    assertThat(ConnectivityPlan.parse(plan.text())).isEqualTo(plan);
  }

  @Test
  void blanksAndLinesSeparateTheMapsOfATable() {
    assertThat(ConnectivityPlan.parse(" 110\n\t011  101 \n"))
        .isEqualTo(ConnectivityPlan.parse("110 011 101"));
    assertThat(ConnectivityPlan.parse(" full ")).isEqualTo(ConnectivityPlan.FULL);
  }

  @Test
  void rulesMakeTheirTables() {
    assertThat(ConnectivityPlan.FULL.connect(4, 3, 1)).isEqualTo(Connectivity.full(4, 3));
    assertThat(ConnectivityPlan.SINGLES_AND_PAIRS.connect(6, 3, 1))
        .isEqualTo(Connectivity.singlesAndPairs(3));
    assertThat(ConnectivityPlan.RANDOM_PAIRS.connect(5, 6, 9))
        .isEqualTo(Connectivity.randomPairs(5, 6, 9));
  }

  @Test
  void aGivenTableHasAMapALineAndAChannelADigit() {
    Connectivity g = ConnectivityPlan.parse("110 001").connect(2, 3, 1);
    assertThat(g)
        .isEqualTo(Connectivity.of(new boolean[][] {{true, true, false}, {false, false, true}}));
  }

  @Test
  void textThatIsNeitherARuleNorATableIsNamed() {
    for (String wrong : List.of("some", "110 012", "Full", "", "  ")) {
      assertThatThrownBy(() -> ConnectivityPlan.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("connectivity: expected full, singlesAndPairs, randomPairs or")
          .hasMessageContaining("got '" + wrong + "'");
    }
  }

  @Test
  void anotherNumberOfMapsOrChannelsIsNamed() {
    assertThatThrownBy(() -> ConnectivityPlan.SINGLES_AND_PAIRS.connect(7, 3, 1))
        .hasMessage("connectivity singlesAndPairs: maps: expected 6, got 7");
    assertThatThrownBy(() -> ConnectivityPlan.parse("11 01").connect(3, 2, 1))
        .hasMessage("connectivity 11 01: maps: expected 2, got 3");
    assertThatThrownBy(() -> ConnectivityPlan.parse("11 011").connect(2, 2, 1))
        .hasMessage("connectivity table: channels of map 1: expected 2, got 3");
  }

  @Test
  void aMapOrAChannelLeftOutIsNamed() {
    assertThatThrownBy(() -> ConnectivityPlan.parse("11 00").connect(2, 2, 1))
        .hasMessageContaining("map 1 is connected to no channel");
    assertThatThrownBy(() -> ConnectivityPlan.parse("101 001").connect(2, 3, 1))
        .hasMessageContaining("channel 1 is reconstructed by no map");
    assertThatThrownBy(() -> ConnectivityPlan.RANDOM_PAIRS.connect(2, 5, 1))
        .hasMessageContaining("is reconstructed by no map");
  }

  @Test
  void aTableBelongsToTheKindGivenAlone() {
    assertThatThrownBy(() -> new ConnectivityPlan(ConnectivityPlan.Kind.FULL, List.of("11")))
        .hasMessageContaining("got kind FULL with 1 line");
    assertThatThrownBy(() -> new ConnectivityPlan(ConnectivityPlan.Kind.GIVEN, List.of()))
        .hasMessageContaining("got kind GIVEN with 0 lines");
    assertThatThrownBy(() -> new ConnectivityPlan(ConnectivityPlan.Kind.GIVEN, List.of("1x")))
        .hasMessageContaining("got '1x'");
  }
}
