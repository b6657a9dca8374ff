package org.deconvnet.spark.config;

import java.util.Arrays;
import org.deconvnet.store.NpyArray;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.UserErrorException;

/**
 * Filters of a layer that were learned elsewhere.
 *
 * @param file for messages
 * @param array (maps, channels, rows, columns)
 */
public record GivenFilter(String file, NpyArray array) {
  private static final int AXES = 4;

  /**
   * The filters, if they are those of a configured layer.
   *
   * @param number the layer's, from 1
   * @param connectivity which maps reconstruct which channels
   * @param side rows and columns
   * @throws UserErrorException if they have another shape, or numbers where nothing is joined
   */
  FilterBank of(int number, Connectivity connectivity, int side) {
    int maps = connectivity.maps();
    int channels = connectivity.channels();
    int[] expected = {maps, channels, side, side};
    if (!Arrays.equals(expected, array.shape())) {
      throw new UserErrorException(
          "%s: expected filters of layer %d of shape %s (maps, channels, rows, columns), got %s; %s"
              .formatted(
                  file,
                  number,
                  Arrays.toString(expected),
                  Arrays.toString(array.shape()),
                  remedy(number, channels)));
    }
    FilterBank filters = FilterBank.of(connectivity, side, array.data());
    for (int map = 0; map < maps; map++) {
      for (int channel = 0; channel < channels; channel++) {
        requireZeroUnlessJoined(filters, map, channel);
      }
    }
    return filters;
  }

  /** Maps and sides are the configuration's to say; channels follow from what lies below. */
  private String remedy(int number, int channels) {
    int[] got = array.shape();
    return got.length == AXES && got[1] == channels && got[2] == got[3]
        ? "write maps: %d and filterSide: %d at network.layers[%d] of the configuration"
            .formatted(got[0], got[2], number - 1)
        : "give square filters with a channel a map of what lies below, 1 for grey images, 3 for"
            + " colour";
  }

  private void requireZeroUnlessJoined(FilterBank filters, int map, int channel) {
    if (filters.connectivity().connects(map, channel)) {
      return;
    }
    int from = filters.offset(map, channel);
    for (int i = from; i < from + filters.side() * filters.side(); i++) {
      if (filters.data()[i] != 0) {
        throw new UserErrorException(
            "%s: expected zeros for map %d and channel %d, which the configuration's connectivity does not join, got %s; give the filters' own table as connectivity"
                .formatted(file, map, channel, filters.data()[i]));
      }
    }
  }
}
