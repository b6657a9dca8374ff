package org.deconvnet.describe;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The descriptors of one image, a part after the other, so that nobody has to hold them all. Shares
 * sum to 1 over all parts. Parts may be made anew each time that they are gone through.
 */
public interface DescriptorParts extends Iterable<Descriptors> {
  /** How many descriptors all parts have together. */
  int count();

  /** Descriptors that are held anyway, as a single part. */
  static DescriptorParts of(Descriptors all) {
    return new DescriptorParts() {
      @Override
      public int count() {
        return all.count();
      }

      @Override
      public Iterator<Descriptors> iterator() {
        return List.of(all).iterator();
      }
    };
  }

  /**
   * The numbers of some descriptors, newly allocated.
   *
   * @param descriptors indices over all parts, in any order
   * @return one array an index
   */
  default float[][] values(int[] descriptors) {
    float[][] values = new float[descriptors.length][];
    int first = 0;
    for (Descriptors part : this) {
      for (int i = 0; i < descriptors.length; i++) {
        int at = descriptors[i] - first;
        if (at >= 0 && at < part.count()) {
          int from = at * part.dimension();
          values[i] = Arrays.copyOfRange(part.values(), from, from + part.dimension());
        }
      }
      first += part.count();
    }
    return values;
  }
}
