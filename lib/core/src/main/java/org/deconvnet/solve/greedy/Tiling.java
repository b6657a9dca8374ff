package org.deconvnet.solve.greedy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deconvnet.operator.Boundary;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * An image cut into tiles. A tile owns a rectangle of places and sees the pixels of the atoms
 * there, so that its code is that of a {@link Boundary#FULL} image; pixels outside of the image are
 * hidden. A single tile of a {@link Boundary#CIRCULAR} image stays circular. Immutable.
 */
public final class Tiling implements Serializable {
  private static final long serialVersionUID = 1;

  private final Boundary boundary;
  private final int side;
  private final int height;
  private final int width;
  private final TileAxis rows;
  private final TileAxis columns;

  private Tiling(Boundary boundary, int side, Shape image, TileAxis rows, TileAxis columns) {
    this.boundary = boundary;
    this.side = side;
    this.height = image.height();
    this.width = image.width();
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Tiles of about one size.
   *
   * @param side s of the filters
   * @param image (C, H, W)
   * @param tileSide at most so many rows and columns of places in a tile, and at least s; tiles of
   *     a circular image may come out smaller
   * @throws org.deconvnet.tensor.UserErrorException if the image is smaller than a filter, or
   *     cannot be cut like this
   */
  public static Tiling ofSide(Boundary boundary, int side, Shape image, int tileSide) {
    Checks.atLeast("side of a tile, which is at least that of the filters", side, tileSide);
    boundary.requireRoom(side, image);
    int rows = TileAxis.count(boundary.places(image.height(), side), tileSide, side);
    int columns = TileAxis.count(boundary.places(image.width(), side), tileSide, side);
    boolean cut = boundary == Boundary.CIRCULAR && rows * columns > 1;
    return of(boundary, side, image, cut ? Math.max(2, rows) : rows, cut ? Math.max(2, columns) : columns);
  }

  /**
   * So many tiles below each other and side by side.
   *
   * @throws org.deconvnet.tensor.UserErrorException if the image is smaller than a filter, if a
   *     tile would have fewer than s − 1 rows or columns, or if a circular image is cut one way only
   */
  public static Tiling of(Boundary boundary, int side, Shape image, int rows, int columns) {
    boundary.requireRoom(side, image);
    boolean circular = boundary == Boundary.CIRCULAR && rows * columns > 1;
    return new Tiling(
        boundary,
        side,
        image,
        TileAxis.of("rows", boundary.places(image.height(), side), rows, side, circular),
        TileAxis.of("columns", boundary.places(image.width(), side), columns, side, circular));
  }

  public Boundary boundary() {
    return boundary;
  }

  /** s of the filters. */
  public int side() {
    return side;
  }

  /** How many tiles. */
  public int count() {
    return rows.count() * columns.count();
  }

  /** Places of atoms in the image. */
  public long places() {
    return (long) rows.places() * columns.places();
  }

  /**
   * Of the image's code, if it fits one array.
   *
   * @throws org.deconvnet.tensor.UserErrorException if it does not
   */
  public Shape code(int maps) {
    return new Shape(maps, rows.places(), columns.places());
  }

  public Tile tile(int number) {
    int row = number / columns.count();
    int column = number % columns.count();
    return new Tile(
        number,
        row,
        column,
        rows.first(row),
        columns.first(column),
        rows.length(row),
        columns.length(column),
        TileAxis.COLOURS * rows.colour(row) + columns.colour(column));
  }

  /** All of them, by number. */
  public List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>();
    for (int n = 0; n < count(); n++) {
      tiles.add(tile(n));
    }
    return tiles;
  }

  /** The tiles that see coefficients of a tile; in a small circular image one may come twice. */
  List<Neighbour> neighbours(Tile tile) {
    List<Neighbour> neighbours = new ArrayList<>();
    for (int r = -1; r <= 1; r++) {
      int row = rows.beside(tile.row(), r);
      for (int c = -1; c <= 1; c++) {
        int column = columns.beside(tile.column(), c);
        if (row >= 0 && column >= 0 && (r != 0 || c != 0)) {
          int rowShift = rows.shift(tile.row(), r) + side - 1;
          int columnShift = columns.shift(tile.column(), c) + side - 1;
          neighbours.add(new Neighbour(row * columns.count() + column, rowShift, columnShift));
        }
      }
    }
    return neighbours;
  }

  /** What a tile's code is laid out in. */
  Boundary within() {
    return circularWhole() ? Boundary.CIRCULAR : Boundary.FULL;
  }

  private boolean circularWhole() {
    return boundary == Boundary.CIRCULAR && count() == 1;
  }

  /** Rows of the window that no other tile counts as its own. */
  int ownRows(Tile tile) {
    return rows.ownPixels(tile.row(), ahead(), boundary == Boundary.CIRCULAR);
  }

  /** Columns of the window that no other tile counts as its own. */
  int ownColumns(Tile tile) {
    return columns.ownPixels(tile.column(), ahead(), boundary == Boundary.CIRCULAR);
  }

  /** Pixels of an atom after its first. */
  private int ahead() {
    return circularWhole() ? 0 : side - 1;
  }

  /**
   * The pixels that a tile's atoms cover; zero outside of the image.
   *
   * @param image (C, H, W)
   */
  public FeatureMaps window(FeatureMaps image, Tile tile) {
    FeatureMaps window =
        FeatureMaps.zeros(
            new Shape(image.maps(), tile.rows() + ahead(), tile.columns() + ahead()));
    for (int c = 0; c < image.maps(); c++) {
      for (int r = 0; r < window.height(); r++) {
        int row = pixel(tile.firstRow() + r, height);
        for (int x = 0; x < window.width() && row >= 0; x++) {
          int column = pixel(tile.firstColumn() + x, width);
          if (column >= 0) {
            window.set(c, r, x, image.get(c, row, column));
          }
        }
      }
    }
    return window;
  }

  /** (1, H, W) of a tile's window, 0 outside of the image; null if it lies within. */
  FeatureMaps mask(Tile tile) {
    int top = boundary.firstPixel(tile.firstRow(), side);
    int left = boundary.firstPixel(tile.firstColumn(), side);
    int rowsHere = tile.rows() + ahead();
    int columnsHere = tile.columns() + ahead();
    boolean inside =
        top >= 0 && left >= 0 && top + rowsHere <= height && left + columnsHere <= width;
    if (boundary == Boundary.CIRCULAR || inside) {
      return null;
    }
    FeatureMaps mask = FeatureMaps.zeros(new Shape(1, rowsHere, columnsHere));
    for (int r = Math.max(0, -top); r < Math.min(rowsHere, height - top); r++) {
      for (int c = Math.max(0, -left); c < Math.min(columnsHere, width - left); c++) {
        mask.set(0, r, c, 1);
      }
    }
    return mask;
  }

  /** The pixel on which the atom at a place begins; −1 outside of the image. */
  private int pixel(int place, int pixels) {
    int pixel = boundary.firstPixel(place, side);
    if (boundary == Boundary.CIRCULAR) {
      return pixel % pixels;
    }
    return pixel < pixels ? Math.max(pixel, -1) : -1;
  }
}
