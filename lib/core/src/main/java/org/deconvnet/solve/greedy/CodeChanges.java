package org.deconvnet.solve.greedy;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
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
    CodeChanges all = merged(before, after.index(), after.values(), true);
    int kept = 0;
    int b = 0;
    for (int i = 0; i < all.count(); i++) {
      while (b < before.entries() && before.index()[b] < all.index[i]) {
        b++;
      }
      boolean was = b < before.entries() && before.index()[b] == all.index[i];
      if (all.values[i] != (was ? before.values()[b] : 0)) {
        all.index[kept] = all.index[i];
        all.values[kept++] = all.values[i];
      }
    }
    return all.first(kept);
  }

  /** From zeros to a code. */
  static CodeChanges to(SparseMaps code) {
    return new CodeChanges(code.shape(), code.index(), code.values());
  }

  /** A code after changes that came one after the other. */
  public static SparseMaps following(List<CodeChanges> news, SparseMaps code) {
    SparseMaps now = code;
    for (CodeChanges changes : news) {
      now = changes.applied(now);
    }
    return now;
  }

  /** A code of the same shape after these changes. */
  SparseMaps applied(SparseMaps code) {
    CodeChanges all = merged(code, index, values, false);
    int kept = 0;
    for (int i = 0; i < all.count(); i++) {
      if (all.values[i] != 0) {
        all.index[kept] = all.index[i];
        all.values[kept++] = all.values[i];
      }
    }
    CodeChanges left = all.first(kept);
    return new SparseMaps(shape, left.index, left.values);
  }

  /**
   * The entries of both, the second ones' values where both have one.
   *
   * @param instead whether an entry that only the first has becomes zero
   */
  private static CodeChanges merged(
      SparseMaps first, int[] index, float[] values, boolean instead) {
    int[] both = new int[first.entries() + index.length];
    float[] numbers = new float[both.length];
    int count = 0;
    int f = 0;
    int s = 0;
    while (f < first.entries() || s < index.length) {
      int before = at(first.index(), f);
      int after = at(index, s);
      float old = before <= after ? first.values()[f++] : 0;
      both[count] = Math.min(before, after);
      numbers[count++] = after <= before ? values[s++] : instead ? 0 : old;
    }
    return new CodeChanges(first.shape(), both, numbers).first(count);
  }

  private static int at(int[] index, int entry) {
    return entry < index.length ? index[entry] : Integer.MAX_VALUE;
  }

  private CodeChanges first(int kept) {
    return new CodeChanges(shape, Arrays.copyOf(index, kept), Arrays.copyOf(values, kept));
  }

  int count() {
    return index.length;
  }

  /**
   * Those that lie inside another code.
   *
   * @param rows to add to a row here for the same place's row there
   * @param columns likewise
   */
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
    return new CodeChanges(into, there, moved).first(kept);
  }

  /** The part of a code in an area within its own. */
  static SparseMaps cut(SparseMaps code, Area from, Area to) {
    CodeChanges part =
        to(code)
            .shifted(
                from.firstRow() - to.firstRow(),
                from.firstColumn() - to.firstColumn(),
                to.code(code.shape().maps()));
    return new SparseMaps(part.shape, part.index, part.values);
  }
}
