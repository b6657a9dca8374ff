package org.deconvnet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectivityTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "9, 45", "15, 120"})
  void singlesAndPairsHaveThePapersSizes(int channels, int maps) {
    assertThat(Connectivity.singlesAndPairs(channels).maps()).isEqualTo(maps);
  }

  @Test
  void singlesComeFirstThenPairsInLexicographicOrder() {
    Connectivity g = Connectivity.singlesAndPairs(4);
    int[][] expected = {{0}, {1}, {2}, {3}, {0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}};
    for (int k = 0; k < expected.length; k++) {
      assertThat(channels(g, k)).as("map %d", k).isEqualTo(expected[k]);
    }
    assertThat(g.mapsOf(1)).isEqualTo(new int[] {1, 4, 7, 8});
    assertThat(g.connections()).isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "5, 9", "5, 10", "4, 8", "100, 45", "990, 45", "3, 3"})
  void randomPairsDifferAndReachEveryChannel(int maps, int channels) {
    Connectivity g = Connectivity.randomPairs(maps, channels, 7);
    Set<Integer> seen = new HashSet<>();
    for (int k = 0; k < maps; k++) {
      int[] pair = channels(g, k);
      assertThat(pair).hasSize(2);
      assertThat(seen.add(pair[0] * channels + pair[1])).as("map %d is new", k).isTrue();
    }
    assertThat(g.requireEveryChannelReconstructed()).isSameAs(g);
  }

  @Test
  void aSeedDecidesTheRandomPairs() {
    Connectivity g = Connectivity.randomPairs(50, 45, 1);
    assertThat(Connectivity.randomPairs(50, 45, 1)).isEqualTo(g);
    assertThat(Connectivity.randomPairs(50, 45, 2)).isNotEqualTo(g);
  }

  @Test
  void moreMapsThanPairsAreRefused() {
    assertThatThrownBy(() -> Connectivity.randomPairs(7, 4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "connectivity: expected at most 6 maps, the pairs of 4 channels, got 7; take fewer maps");
  }

  @Test
  void aChannelWithoutAMapIsNamed() {
    Connectivity g = Connectivity.of(new boolean[][] {{true, false, true}, {true, false, false}});
    assertThatThrownBy(g::requireEveryChannelReconstructed)
        .hasMessage("connectivity: channel 1 is reconstructed by no map; connect one to it");
  }

  @Test
  void unusableTablesAreRefused() {
    assertThatThrownBy(() -> Connectivity.of(new boolean[0][]))
        .hasMessage("connectivity: maps: expected at least 1, got 0");
    assertThatThrownBy(() -> Connectivity.of(new boolean[][] {{true, true}, {false, false}}))
        .hasMessage("connectivity: map 1 is connected to no channel; connect it or drop it");
    assertThatThrownBy(() -> Connectivity.of(new boolean[][] {{true, true}, {true}}))
        .hasMessage("connectivity: channels of map 1: expected 2, got 1");
  }

  private static int[] channels(Connectivity g, int map) {
    return IntStream.range(0, g.channels()).filter(c -> g.connects(map, c)).toArray();
  }
}
