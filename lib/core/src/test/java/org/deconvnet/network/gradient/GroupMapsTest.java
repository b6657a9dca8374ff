package org.deconvnet.network.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class GroupMapsTest {
  @Test
  void imagesLieMapByMap() {
    Shape shape = new Shape(2, 1, 3);
    GroupMaps group = new GroupMaps(shape, 2);
    group.put(1, FeatureMaps.of(shape, new float[] {1, 2, 3, 4, 5, 6}));
    assertThat(group.data()).containsExactly(0, 0, 0, 1, 2, 3, 0, 0, 0, 4, 5, 6);
    FeatureMaps image = FeatureMaps.zeros(shape);
    group.get(1, image);
    assertThat(image.data()).containsExactly(1, 2, 3, 4, 5, 6);
    group.get(0, image);
    assertThat(image.data()).containsOnly(0);
    assertThatThrownBy(() -> group.put(2, image))
        .hasMessageContaining("expected an image from 0 to 1, got 2");
    assertThatThrownBy(() -> group.put(0, FeatureMaps.zeros(new Shape(1, 1, 3))))
        .hasMessageContaining("expected shape 2x1x3, got 1x1x3");
  }
}
