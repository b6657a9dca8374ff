package org.deconvnet.engine;

import java.util.Arrays;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Places in a stack of feature maps, grouped: the entries of all maps that lie in a few columns of
 * one row are one group. An engine then loads the image under a group once for all of its entries.
 * Groups are in (row, column) order, a group's entries in the order given.
 *
 * <p>Made once, by {@link ConvolutionEngine#entries}, and set many times; arrays grow to the
 * largest set seen and are shared, not copied. Not thread-safe for setting.
 */
public final class Entries {
  /** What a place takes, at least; {@link #setNonZeros} has room for zeros, too. */
  public static final long BYTES_OF_A_PLACE = 7L * Integer.BYTES;

  private final int span;
  private Shape maps;
  private double perRow;
  private int columns;
  private int size;
  private int groups;
  private int[] map = {};
  private int[] shift = {};
  private int[] source = {};
  private int[] row = {};
  private int[] column = {};
  private int[] start = {0};

  /** Of the entries in the order given. */
  private int[] givenMap = {};

  private int[] givenGroup = {};
  private int[] givenShift = {};
  private int[] givenSource = {};

  /** Of each run of columns: how many entries, then where the next one goes. */
  private int[] next = {};

  /** What the shape alone decides: of each line of each map, and of each column. */
  private int[] mapOfLine = {};

  private int[] runOfLine = {};
  private int[] binOfColumn = {};
  private int[] shiftOfColumn = {};

  /**
   * @param span columns that a group reaches over
   */
  public Entries(int span) {
    Checks.atLeast("entries: span", 1, span);
    this.span = span;
  }

  /**
   * Takes all of the places.
   *
   * @param shape of the maps, (K, H, W)
   * @param index places counted in (map, row, column) order, each at most once
   */
  public void set(Shape shape, int[] index) {
    begin(shape, index.length);
    for (int e = 0; e < index.length; e++) {
      take(index[e], e);
    }
    group();
  }

  /** Takes the places whose value is not zero. */
  public void setNonZeros(Shape shape, int[] index, float[] values) {
    Checks.equal("entries: values", index.length, values.length);
    begin(shape, index.length);
    for (int e = 0; e < index.length; e++) {
      if (values[e] != 0) {
        take(index[e], e);
      }
    }
    group();
  }

  private void begin(Shape shape, int most) {
    if (!shape.equals(maps)) {
      tabulate(shape);
    }
    size = 0;
    if (map.length < most) {
      map = new int[most];
      shift = new int[most];
      source = new int[most];
      givenMap = new int[most];
      givenGroup = new int[most];
      givenShift = new int[most];
      givenSource = new int[most];
    }
    Arrays.fill(next, 0);
  }

  private void tabulate(Shape shape) {
    maps = shape;
    perRow = 1.0 / shape.width();
    columns = (shape.width() + span - 1) / span;
    int lines = shape.maps() * shape.height();
    mapOfLine = new int[lines];
    runOfLine = new int[lines];
    for (int line = 0; line < lines; line++) {
      mapOfLine[line] = line / shape.height();
      runOfLine[line] = line % shape.height() * columns;
    }
    binOfColumn = new int[shape.width()];
    shiftOfColumn = new int[shape.width()];
    for (int x = 0; x < shape.width(); x++) {
      binOfColumn[x] = x / span;
      shiftOfColumn[x] = x % span;
    }
    int runs = shape.height() * columns;
    next = new int[runs];
    row = new int[runs + 1];
    column = new int[runs + 1];
    start = new int[runs + 1];
  }

  private void take(int index, int from) {
    // Half a place more keeps the quotient clear of whole numbers: a division would cost ten times.
    int line = (int) ((index + 0.5) * perRow);
    int x = index - line * maps.width();
    int run = runOfLine[line] + binOfColumn[x];
    givenMap[size] = mapOfLine[line];
    givenGroup[size] = run;
    givenShift[size] = shiftOfColumn[x];
    givenSource[size] = from;
    next[run]++;
    size++;
  }

  /** Counting sort; no branch depends on the places. */
  private void group() {
    int sum = 0;
    int run = 0;
    groups = 0;
    for (int y = 0; y < maps.height(); y++) {
      for (int bin = 0; bin < columns; bin++, run++) {
        int count = next[run];
        row[groups] = y;
        column[groups] = bin * span;
        start[groups] = sum;
        next[run] = sum;
        sum += count;
        groups += count > 0 ? 1 : 0;
      }
    }
    start[groups] = sum;
    for (int i = 0; i < size; i++) {
      int to = next[givenGroup[i]]++;
      map[to] = givenMap[i];
      shift[to] = givenShift[i];
      source[to] = givenSource[i];
    }
  }

  /** Puts the values of the entries into whole maps; other places of {@code z} stay as they are. */
  public void scatter(float[] values, FeatureMaps z) {
    Checks.sameShape("entries: maps", maps, z.shape());
    for (int g = 0; g < groups; g++) {
      int at = row[g] * maps.width() + column[g];
      for (int e = start[g]; e < start[g + 1]; e++) {
        z.data()[map[e] * maps.plane() + at + shift[e]] = values[source[e]];
      }
    }
  }

  /** Reads whole maps at the entries; numbers of places that were left out stay as they are. */
  public void gather(FeatureMaps z, float[] out) {
    Checks.sameShape("entries: maps", maps, z.shape());
    for (int g = 0; g < groups; g++) {
      int at = row[g] * maps.width() + column[g];
      for (int e = start[g]; e < start[g + 1]; e++) {
        out[source[e]] = z.data()[map[e] * maps.plane() + at + shift[e]];
      }
    }
  }

  /** Shape of the maps that the places are in. */
  public Shape maps() {
    return maps;
  }

  public int size() {
    return size;
  }

  /** The map of each entry. */
  public int[] map() {
    return map;
  }

  /** Columns from the group's first one to each entry, below the span. */
  public int[] shift() {
    return shift;
  }

  /** Which of the places given each entry was, and so where its value is. */
  public int[] source() {
    return source;
  }

  public int groups() {
    return groups;
  }

  public int row(int group) {
    return row[group];
  }

  /** The first of the columns that a group reaches over. */
  public int column(int group) {
    return column[group];
  }

  /** The first entry of a group; that of group {@link #groups} is {@link #size}. */
  public int start(int group) {
    return start[group];
  }
}
