package org.deconvnet.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deconvnet.spark.corpus.BalancedPartitions.Weighted;
import org.junit.jupiter.api.Test;

class BalancedPartitionsTest {
  private static final int PARTITIONS = 6;

  /** Thumbnails, some photographs, and one image of 6,000 x 4,000 pixels. */
  private static List<Weighted> images() {
    Random random = new Random(3);
    List<Weighted> images = new ArrayList<>();
    images.add(new Weighted("huge", 24_000_000));
    for (int i = 0; i < 20; i++) {
      images.add(new Weighted("photo" + i, 1_000_000 + random.nextInt(3_000_000)));
    }
    for (int i = 0; i < 20_000; i++) {
      images.add(new Weighted("thumbnail" + i, 2000 + random.nextInt(8000)));
    }
    return images;
  }

  private static double total(List<Weighted> images) {
    return images.stream().mapToDouble(Weighted::weight).sum();
  }

  private static BalancedPartitions plan(List<Weighted> images) {
    double from = BalancedPartitions.heavyFrom(total(images), PARTITIONS);
    List<Weighted> heavy = images.stream().filter(i -> i.weight() >= from).toList();
    assertThat(heavy.size()).isLessThanOrEqualTo(32 * PARTITIONS);
    return BalancedPartitions.of(heavy, total(images) - total(heavy), PARTITIONS);
  }

  private static double[] loads(BalancedPartitions plan, List<Weighted> images) {
    double[] loads = new double[PARTITIONS];
    images.forEach(i -> loads[plan.partitionOf(i.id())] += i.weight());
    return loads;
  }

  @Test
  void theHeavyAreDealtOutAndTheLightFillTheRoom() {
    List<Weighted> images = images();
    double average = total(images) / PARTITIONS;
    for (double load : loads(plan(images), images)) {
      assertThat(load / average).isBetween(0.95, 1.05);
    }
  }

  @Test
  void anImageHeavierThanAPartitionHasOneOfItsOwn() {
    List<Weighted> images = new ArrayList<>(images());
    images.add(new Weighted("giant", 900_000_000));
    BalancedPartitions plan = plan(images);
    int own = plan.partitionOf("giant");
    assertThat(images).noneMatch(i -> !i.id().equals("giant") && plan.partitionOf(i.id()) == own);
    double[] loads = loads(plan, images);
    double rest = (total(images) - 900_000_000) / (PARTITIONS - 1);
    for (int p = 0; p < PARTITIONS; p++) {
      if (p != own) {
        // Beside the giant the photographs count as light, so a few of them make a difference.
        assertThat(loads[p] / rest).isBetween(0.7, 1.3);
      }
    }
  }

  @Test
  void theOrderOfReadingDecidesNothing() {
    List<Weighted> images = images();
    BalancedPartitions plan = plan(images);
    List<Weighted> shuffled = new ArrayList<>(images);
    Collections.shuffle(shuffled, new Random(1));
    BalancedPartitions other = plan(shuffled);
    assertThat(images).allMatch(i -> plan.partitionOf(i.id()) == other.partitionOf(i.id()));
  }

  @Test
  void equalFilesAreDealtOutEvenly() {
    List<Weighted> images = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      images.add(new Weighted("f" + i, 7));
    }
    double[] loads = loads(BalancedPartitions.of(images, 0, PARTITIONS), images);
    assertThat(loads).containsExactly(28, 28, 21, 21, 21, 21);
  }

  @Test
  void withoutAnyWeightEveryIdHasAPartition() {
    BalancedPartitions plan = BalancedPartitions.of(List.of(), 0, PARTITIONS);
    assertThat(plan.partitionOf("x")).isBetween(0, PARTITIONS - 1);
  }
}
