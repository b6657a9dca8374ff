package org.deconvnet.solve.greedy;

import java.util.Arrays;
import org.deconvnet.kernels.CoordinateState;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/** Where a code has left zero, so that it is read and cleared without a look at all of it. */
final class ActiveEntries {
  private int[] entries = new int[1024];
  private int count;

  /** Notes a number of the code, (place, map), perhaps for the second time. */
  void add(int at) {
    if (count == entries.length) {
      entries = Arrays.copyOf(entries, 2 * count);
    }
    entries[count++] = at;
  }

  /** Sets the code back to zero. */
  void clear(float[] code) {
    for (int i = 0; i < count; i++) {
      if (entries[i] < code.length) {
        code[entries[i]] = 0;
      }
    }
    count = 0;
  }

  /** The entries that are not zero. */
  SparseMaps code(CoordinateState state, Shape shape) {
    int[] index = new int[count];
    for (int i = 0; i < count; i++) {
      int place = entries[i] / state.maps();
      index[i] = entries[i] % state.maps() * shape.plane() + place;
    }
    Arrays.sort(index);
    float[] values = new float[count];
    int kept = 0;
    for (int i = 0; i < count; i++) {
      float value =
          state.code()[index[i] % shape.plane() * state.maps() + index[i] / shape.plane()];
      if (value != 0 && (kept == 0 || index[kept - 1] != index[i])) {
        index[kept] = index[i];
        values[kept++] = value;
      }
    }
    return new SparseMaps(shape, Arrays.copyOf(index, kept), Arrays.copyOf(values, kept));
  }
}
