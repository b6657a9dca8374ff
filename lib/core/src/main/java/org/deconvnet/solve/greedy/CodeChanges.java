package org.deconvnet.solve.greedy;

import java.io.Serializable;
import java.util.Arrays;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/**
 * What became of a code: new values of the coefficients that changed. Values, not differences, so
 * that whoever follows holds the same bits. The arrays are shared, not copied.
 *
 * @param shape (K, H, W) of the code
 * @param index where, in (map, row, column) order, ascending
 * @param values one an index; zero for a coefficient that is no longer there
 */
public record CodeChanges(Shape shape, int[] index, float[] values) implements Serializable {
  /** From one code to another of the same shape. */
  static CodeChanges between(SparseMaps before, SparseMaps after) {
    int most = before.entries() + after.entries();
    int[] index = new int[most];
    float[] values = new float[most];
    int count = 0;
    int b = 0;
    int a = 0;
    while (b < before.entries() || a < after.entries()) {
      int old = at(before.index(), b);
      int now = at(after.index(), a);
      index[count] = Math.min(old, now);
      float from = old <= now ? before.values()[b++] : 0;
      values[count] = now <= old ? after.values()[a++] : 0;
      count += values[count] == from ? 0 : 1;
    }
    return new CodeChanges(
        after.shape(), Arrays.copyOf(index, count), Arrays.copyOf(values, count));
  }

  private static int at(int[] index, int entry) {
    return entry < index.length ? index[entry] : Integer.MAX_VALUE;
  }

  int count() {
    return index.length;
  }

  /** A code of the same shape after these changes. */
  SparseMaps applied(SparseMaps code) {
    int most = code.entries() + count();
    int[] merged = new int[most];
    float[] numbers = new float[most];
    int kept = 0;
    int e = 0;
    int c = 0;
    while (e < code.entries() || c < count()) {
      int old = at(code.index(), e);
      int now = at(index, c);
      merged[kept] = Math.min(old, now);
      float before = old <= now ? code.values()[e++] : 0;
      numbers[kept] = now <= old ? values[c++] : before;
      kept += numbers[kept] == 0 ? 0 : 1;
    }
    return new SparseMaps(shape, Arrays.copyOf(merged, kept), Arrays.copyOf(numbers, kept));
  }

  /** The changes that lie inside another code which begins elsewhere. */
  CodeChanges shifted(int rows, int columns, Shape into) {
    int[] there = new int[count()];
    float[] moved = new float[count()];
    int kept = 0;
    for (int i = 0; i < count(); i++) {
      int row = index[i] % shape.plane() / shape.width() + rows;
      int column = index[i] % shape.width() + columns;
      if (row >= 0 && row < into.height() && column >= 0 && column < into.width()) {
        int map = index[i] / shape.plane();
        there[kept] = (map * into.height() + row) * into.width() + column;
        moved[kept++] = values[i];
      }
    }
    return new CodeChanges(into, Arrays.copyOf(there, kept), Arrays.copyOf(moved, kept));
  }
}
