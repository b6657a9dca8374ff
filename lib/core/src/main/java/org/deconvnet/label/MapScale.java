package org.deconvnet.label;

import java.io.Serializable;
import org.deconvnet.network.gradient.GroupMaps;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * What a network's input is brought to a common scale by: {@code (x − mean) · factor}, map by map.
 * The arrays are shared, not copied. Thread-safe as long as nobody writes to them.
 *
 * @param means one a map
 * @param factors one a map, 0 for a map that never changes
 */
public record MapScale(float[] means, float[] factors) implements Serializable {
  public MapScale {
    Checks.equal("scale of maps: factors", means.length, factors.length);
  }

  /**
   * Scales an image's maps into a ghost group.
   *
   * @param maps (K, H, W)
   * @param group of such images
   * @param image its number in the group
   */
  public void put(FeatureMaps maps, GroupMaps group, int image) {
    Checks.equal("scale of maps: maps", means.length, maps.maps());
    Checks.sameShape("scale of maps: image", group.image(), maps.shape());
    int plane = maps.shape().plane();
    for (int map = 0; map < means.length; map++) {
      int from = map * plane;
      int to = (map * group.images() + image) * plane;
      for (int i = 0; i < plane; i++) {
        group.data()[to + i] = (maps.data()[from + i] - means[map]) * factors[map];
      }
    }
  }
}
