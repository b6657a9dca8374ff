package org.deconvnet.label;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * What a network's input is brought to a common scale by: {@code (x − mean) · factor}, map by map.
 * The arrays are shared, not copied. Thread-safe as long as nobody writes to them.
 *
 * @param means one a map
 * @param factors one a map, 0 for a map that never changes
 */
@SuppressWarnings("ArrayRecordComponent") // Numbers of a model, never compared.
public record MapScale(float[] means, float[] factors) implements Serializable {
  public MapScale {
    Checks.equal("scale of maps: factors", means.length, factors.length);
  }

  /** Maps, (K, H, W), newly allocated. */
  public FeatureMaps of(FeatureMaps maps) {
    Checks.equal("scale of maps: maps", means.length, maps.maps());
    FeatureMaps scaled = FeatureMaps.zeros(maps.shape());
    int plane = maps.shape().plane();
    for (int i = 0; i < scaled.data().length; i++) {
      int map = i / plane;
      scaled.data()[i] = (maps.data()[i] - means[map]) * factors[map];
    }
    return scaled;
  }
}
