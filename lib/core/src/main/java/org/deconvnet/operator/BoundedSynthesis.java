package org.deconvnet.operator;

import java.util.Arrays;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * {@link Synthesis} with any {@link Boundary}: codes are laid out as atoms that hang over the edges
 * before it, and gathered after its adjoint. Dense codes at other boundaries than {@link
 * Boundary#VALID} take one code of that size, from the first one on. Not thread-safe: it has an
 * engine.
 */
public final class BoundedSynthesis implements LinearMap {
  private final Synthesis hanging;
  private final Shape maps;

  /** Where each row (column) of the hanging code has its number from; −1 for a zero. */
  private final int[] rows;

  private final int[] columns;
  private final boolean hangs;
  private final boolean circular;
  private final int side;

  /** Null until a dense code comes. */
  private FeatureMaps spreadOut;

  /**
   * @param image (C, H, W)
   * @throws IllegalArgumentException if the channels are not the filters'
   * @throws org.deconvnet.tensor.UserErrorException if the image is smaller than a filter
   */
  public BoundedSynthesis(
      ConvolutionEngine engine, FilterBank filters, Boundary boundary, Shape image) {
    this.maps = boundary.maps(filters, image);
    this.hanging = new Synthesis(engine, filters, image);
    this.rows = places(boundary, image.height(), filters.side());
    this.columns = places(boundary, image.width(), filters.side());
    this.hangs = boundary == Boundary.VALID;
    this.circular = boundary == Boundary.CIRCULAR;
    this.side = filters.side();
  }

  private static int[] places(Boundary boundary, int pixels, int side) {
    int[] places = new int[pixels + side - 1];
    for (int i = 0; i < places.length; i++) {
      places[i] = boundary.place(i - (side - 1), pixels, side);
    }
    return places;
  }

  private FeatureMaps spread() {
    if (spreadOut == null) {
      spreadOut = FeatureMaps.zeros(hanging.domain());
    }
    return spreadOut;
  }

  @Override
  public Shape domain() {
    return maps;
  }

  @Override
  public Shape range() {
    return hanging.range();
  }

  @Override
  public void apply(FeatureMaps z, FeatureMaps image) {
    if (hangs) {
      hanging.apply(z, image);
      return;
    }
    FeatureMaps spread = spread();
    for (int k = 0; k < maps.maps(); k++) {
      for (int r = 0; r < rows.length; r++) {
        for (int c = 0; c < columns.length; c++) {
          boolean none = rows[r] < 0 || columns[c] < 0;
          spread.set(k, r, c, none ? 0 : z.get(k, rows[r], columns[c]));
        }
      }
    }
    hanging.apply(spread, image);
  }

  @Override
  public void adjoint(FeatureMaps r, FeatureMaps z) {
    if (hangs) {
      hanging.adjoint(r, z);
      return;
    }
    FeatureMaps spread = spread();
    hanging.adjoint(r, spread);
    z.fill(0);
    for (int k = 0; k < maps.maps(); k++) {
      for (int row = 0; row < rows.length; row++) {
        for (int c = 0; c < columns.length; c++) {
          if (rows[row] >= 0 && columns[c] >= 0) {
            z.data()[z.index(k, rows[row], columns[c])] += spread.get(k, row, c);
          }
        }
      }
    }
  }

  @Override
  public void applyEntries(int[] index, float[] values, FeatureMaps image) {
    if (hangs) {
      hanging.applyEntries(index, values, image);
      return;
    }
    int[] hangingIndex = new int[index.length];
    float[] hangingValues = new float[index.length];
    int count = 0;
    for (int e = 0; e < index.length; e++) {
      int map = index[e] / maps.plane();
      int row = index[e] % maps.plane() / maps.width();
      int column = index[e] % maps.width();
      for (int r = first(row, rows.length); r < rows.length; r += period(rows.length)) {
        for (int c = first(column, columns.length);
            c < columns.length;
            c += period(columns.length)) {
          if (count == hangingIndex.length) {
            hangingIndex = Arrays.copyOf(hangingIndex, 2 * count);
            hangingValues = Arrays.copyOf(hangingValues, 2 * count);
          }
          hangingIndex[count] = (map * rows.length + r) * columns.length + c;
          hangingValues[count++] = values[e];
        }
      }
    }
    hanging.applyEntries(
        Arrays.copyOf(hangingIndex, count), Arrays.copyOf(hangingValues, count), image);
  }

  /** The first row (column) of the hanging code that has its number from a place. */
  private int first(int place, int hangingPlaces) {
    int direct = place + side - 1;
    return circular && direct >= period(hangingPlaces) ? direct - period(hangingPlaces) : direct;
  }

  /** Rows (columns) from one that has its number from a place to the next one. */
  private int period(int hangingPlaces) {
    return circular ? hangingPlaces - (side - 1) : hangingPlaces;
  }
}
