package org.deconvnet.network;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.tensor.Shape;

/** The strongest activation of each of some maps, whatever the order of the offers. */
public final class StrongestOfMaps {
  private final int plane;
  private final int[] index;
  private final float[] value;

  public StrongestOfMaps(Shape maps) {
    plane = maps.plane();
    index = new int[maps.maps()];
    value = new float[maps.maps()];
  }

  public void offer(int at, float offered) {
    int map = at / plane;
    float size = Math.abs(offered);
    float best = Math.abs(value[map]);
    if (size > best || (size == best && size > 0 && at < index[map])) {
      index[map] = at;
      value[map] = offered;
    }
  }

  /** One a map; of value 0 where nothing but zeros was offered. */
  public List<Activation> all() {
    List<Activation> all = new ArrayList<>();
    for (int map = 0; map < index.length; map++) {
      all.add(new Activation(value[map] == 0 ? map * plane : index[map], value[map]));
    }
    return all;
  }
}
