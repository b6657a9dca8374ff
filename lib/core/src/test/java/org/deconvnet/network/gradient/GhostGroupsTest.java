package org.deconvnet.network.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;

/** Which images are normalised together: a matter of ids and seed alone. */
class GhostGroupsTest {
  private static final List<String> IDS =
      IntStream.range(0, 23).mapToObj(i -> "class/%d.png".formatted(i)).toList();

  private static List<OptionalInt> ranks(GhostGroups plan) {
    return IDS.stream().map(plan::rank).toList();
  }

  @Test
  void imagesAreRankedByHashAndTheLastThatFillNoGroupAreLeftOut() {
    GhostGroups plan = GhostGroups.of(IDS, 4, 2, 7);
    assertThat(plan.groups()).isEqualTo(5);
    assertThat(plan.leftOut()).isEqualTo(3);
    List<String> ranked = new ArrayList<>(IDS);
    ranked.sort((a, b) -> Long.compare(BatchPlan.mix(a, 7), BatchPlan.mix(b, 7)));
    for (int rank = 0; rank < 20; rank++) {
      assertThat(plan.rank(ranked.get(rank))).hasValue(rank);
      assertThat(plan.groupOf(rank)).isEqualTo(rank / 4);
    }
    assertThat(ranked.subList(20, 23)).allMatch(id -> plan.rank(id).isEmpty());
  }

  @Test
  void batchesAreFullButForTheLast() {
    GhostGroups plan = GhostGroups.of(IDS, 4, 2, 7);
    assertThat(plan.batches()).isEqualTo(3);
    assertThat(IntStream.range(0, 3).map(plan::groupsOf)).containsExactly(2, 2, 1);
    assertThat(IntStream.range(0, 5).map(plan::batchOf)).containsExactly(0, 0, 1, 1, 2);
    GhostGroups one = GhostGroups.of(IDS, 4, 100, 7);
    assertThat(one.batches()).isEqualTo(1);
    assertThat(one.groupsOf(0)).isEqualTo(5);
    assertThat(one.mostGroups()).isEqualTo(5);
  }

  @Test
  void theOrderOfIdsDoesNotMatterAndTheSeedDoes() {
    List<String> shuffled = new ArrayList<>(IDS);
    Collections.shuffle(shuffled, new Random(1));
    assertThat(ranks(GhostGroups.of(shuffled, 4, 2, 7)))
        .isEqualTo(ranks(GhostGroups.of(IDS, 4, 2, 7)));
    assertThat(ranks(GhostGroups.of(IDS, 4, 2, 8)))
        .isNotEqualTo(ranks(GhostGroups.of(IDS, 4, 2, 7)));
  }

  @Test
  void fewerImagesThanAGroupAndTheSameIdTwiceAreRefused() {
    assertThatThrownBy(() -> GhostGroups.of(IDS, 24, 1, 7))
        .isInstanceOf(UserErrorException.class)
        .hasMessage(
            "training: expected at least 24 images, as many as a ghost group has, got 23; give more"
                + " images, or a smaller group");
    assertThatThrownBy(() -> GhostGroups.of(List.of("a", "b", "a"), 1, 1, 7))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("an id of its own");
    assertThatThrownBy(() -> GhostGroups.of(IDS, 4, 2, 7).rank("elsewhere"))
        .hasMessageContaining("'elsewhere'");
  }
}
