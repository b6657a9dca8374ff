package org.deconvnet.spark.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deconvnet.network.Network;
import org.deconvnet.tensor.FilterBank;

/** What decides each layer of a network, by the names that stored models have for it. */
final class LayerFacts {
  private LayerFacts() {}

  /** One a layer: maps, channels, filterSide, then what its family adds. */
  static List<Map<String, Object>> of(Network network) {
    List<Map<String, Object>> layers = new ArrayList<>();
    for (int number = 1; number <= network.depth(); number++) {
      FilterBank filters = network.filters(number);
      Map<String, Object> layer = new LinkedHashMap<>();
      layer.put("maps", filters.maps());
      layer.put("channels", filters.channels());
      layer.put("filterSide", filters.side());
      layer.putAll(network.settings(number));
      layers.add(layer);
    }
    return layers;
  }
}
