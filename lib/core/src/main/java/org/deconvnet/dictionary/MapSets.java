package org.deconvnet.dictionary;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deconvnet.tensor.Connectivity;

/**
 * The sets of maps that reconstruct a channel together. Channels with the same maps share one set,
 * and with it the statistics of its maps: one set for full connectivity, one a channel for singles
 * and pairs. Immutable.
 */
public final class MapSets implements Serializable {
  private static final long serialVersionUID = 1;

  private final List<int[]> sets = new ArrayList<>();
  private final int[] setOfChannel;

  public MapSets(Connectivity connectivity) {
    setOfChannel = new int[connectivity.channels()];
    for (int c = 0; c < setOfChannel.length; c++) {
      setOfChannel[c] = indexOf(connectivity.mapsOf(c));
    }
  }

  private int indexOf(int[] maps) {
    for (int i = 0; i < sets.size(); i++) {
      if (Arrays.equals(sets.get(i), maps)) {
        return i;
      }
    }
    sets.add(maps);
    return sets.size() - 1;
  }

  int count() {
    return sets.size();
  }

  /** Ascending; shared, not copied. */
  int[] maps(int set) {
    return sets.get(set);
  }

  int ofChannel(int channel) {
    return setOfChannel[channel];
  }
}
