package org.deconvnet.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchPlanTest {
  private static final List<String> IDS =
      IntStream.range(0, 103).mapToObj(i -> "image" + i).toList();

  @Test
  void aFewImagesAreDealtOutEvenly() {
    BatchPlan plan = BatchPlan.even(IDS, 10, 7);
    assertThat(plan.batches()).isEqualTo(10);
    int[] sizes = new int[10];
    IDS.forEach(id -> sizes[plan.batchOf(id)]++);
    assertThat(sizes).containsOnly(10, 11);
  }

  @Test
  void theOrderOfIdsChangesNothingAndTheSeedDoes() {
    List<String> shuffled = new java.util.ArrayList<>(IDS);
    Collections.shuffle(shuffled, new java.util.Random(1));
    BatchPlan plan = BatchPlan.even(IDS, 10, 7);
    BatchPlan same = BatchPlan.even(shuffled, 10, 7);
    BatchPlan other = BatchPlan.even(IDS, 10, 8);
    assertThat(IDS).allMatch(id -> plan.batchOf(id) == same.batchOf(id));
    assertThat(IDS).anyMatch(id -> plan.batchOf(id) != other.batchOf(id));
  }

  @Test
  void manyImagesAreDealtOutByTheirHashes() {
    BatchPlan plan = BatchPlan.hashed(100_000, 1000, 3);
    int[] sizes = new int[plan.batches()];
    IntStream.range(0, 100_000).forEach(i -> sizes[plan.batchOf("image" + i)]++);
    assertThat(sizes).hasSize(100);
    assertThat(IntStream.of(sizes).allMatch(n -> n > 800 && n < 1200)).isTrue();
    int[] parts = new int[4];
    IntStream.range(0, 100_000).forEach(i -> parts[plan.partOf("image" + i, 4)]++);
    assertThat(IntStream.of(parts).allMatch(n -> n > 24_000 && n < 26_000)).isTrue();
  }

  @Test
  void anIdThatWasNotPlannedForIsNamed() {
    assertThatThrownBy(() -> BatchPlan.even(IDS, 10, 7).batchOf("stranger"))
        .hasMessageContaining("got 'stranger'");
  }
}
