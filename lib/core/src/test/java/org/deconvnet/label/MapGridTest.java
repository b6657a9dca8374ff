package org.deconvnet.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deconvnet.network.gradient.GroupMaps;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class MapGridTest {
  @Test
  void signsAreAveragedApart() {
    FeatureMaps maps = FeatureMaps.of(new Shape(1, 2, 3), new float[] {1, -2, 5, 3, -4, 7});
    FeatureMaps pooled = new MapGrid(2, 3, 2, false).of(maps);
    assertThat(pooled.shape()).isEqualTo(new Shape(2, 1, 2));
    assertThat(pooled.data()).containsExactly(1, 6, 1.5f, 0);
    assertThat(new MapGrid(2, 3, 2, true).of(maps).data()).containsExactly(2.5f, 6);
  }

  @Test
  void coarserMapsAreRepeated() {
    FeatureMaps maps = FeatureMaps.of(new Shape(1, 1, 2), new float[] {1, 2});
    assertThat(new MapGrid(2, 4, 1, true).of(maps).data()).containsExactly(1, 1, 2, 2, 1, 1, 2, 2);
  }

  @Test
  void aScaleBringsMapsToMeanZeroAndDeviationOne() {
    MapStatistics statistics = new MapStatistics(2);
    statistics.add(FeatureMaps.of(new Shape(2, 1, 2), new float[] {1, 3, 5, 5}));
    MapStatistics more = new MapStatistics(2);
    more.add(FeatureMaps.of(new Shape(2, 1, 2), new float[] {5, 7, 5, 5}));
    statistics.merge(more);
    GroupMaps group = new GroupMaps(new Shape(2, 1, 2), 2);
    FeatureMaps image = FeatureMaps.of(new Shape(2, 1, 2), new float[] {4, 6, 5, 8});
    statistics.scale().put(image, group, 1);
    assertThat(group.data()[2]).isZero();
    assertThat(group.data()[3]).isCloseTo((float) (2 / Math.sqrt(5)), within(1e-6f));
    assertThat(group.data()[7]).as("a map that never changes").isZero();
  }

  @Test
  void pixelsKnowTheirColourAndPlace() {
    FeatureMaps maps = PixelMaps.of(FeatureMaps.of(new Shape(1, 2, 1), new float[] {0.25f, 1}));
    assertThat(maps.data()).containsExactly(0.25f, 1, -0.5f, 0.5f, 0, 0);
  }
}
