package org.deconvnet.solve.greedy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deconvnet.operator.Boundary;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;

/** An image's places cut into tiles, rows by columns of them, all of about one size. Immutable. */
public final class Tiling implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * A side of tiles that suits most: with 32 maps a task holds 40 MB, and a tenth of the work is
   * done twice where tiles overlap.
   */
  public static final int SIDE = 512;

  /**
   * How far tiles reach into each other, in sides of a filter. A border then lies inside of both
   * tiles beside it, and takes a few rounds to come to rest in place of a few dozen.
   */
  private static final int OVERLAP = 2;

  private final Boundary boundary;
  private final int side;
  private final int height;
  private final int width;
  private final TileAxis rows;
  private final TileAxis columns;
  private final int overlap;

  private Tiling(Boundary boundary, int side, Shape image, TileAxis rows, TileAxis columns) {
    this.boundary = boundary;
    this.side = side;
    this.height = image.height();
    this.width = image.width();
    this.rows = rows;
    this.columns = columns;
    int wanted = count() == 1 ? 0 : OVERLAP * side;
    this.overlap = columns.overlap(rows.overlap(wanted, side), side);
  }

  /**
   * Tiles of a size.
   *
   * @param side s of the filters
   * @param image (C, H, W)
   * @param tileSide a tile owns at most so many rows and columns of places, and at least s
   * @throws org.deconvnet.tensor.UserErrorException if the image is smaller than a filter, or
   *     cannot be cut like this
   */
  public static Tiling ofSide(Boundary boundary, int side, Shape image, int tileSide) {
    Checks.atLeast("side of a tile, which is at least that of the filters", side, tileSide);
    boundary.requireRoom(side, image);
    int rows = TileAxis.count(boundary.places(image.height(), side), tileSide, side);
    int columns = TileAxis.count(boundary.places(image.width(), side), tileSide, side);
    int least = boundary == Boundary.CIRCULAR && rows * columns > 1 ? 2 : 1;
    return of(boundary, side, image, Math.max(least, rows), Math.max(least, columns));
  }

  /**
   * So many tiles below each other and side by side.
   *
   * @throws org.deconvnet.tensor.UserErrorException if the image is smaller than a filter, if a
   *     tile would have fewer than s − 1 rows or columns, or if a circular image is cut one way
   *     only
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

  Boundary boundary() {
    return boundary;
  }

  /** s of the filters. */
  public int side() {
    return side;
  }

  /** Rows of the image. */
  public int height() {
    return height;
  }

  /** Columns of the image. */
  public int width() {
    return width;
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

  /**
   * @param number from 0 to {@link #count()} − 1
   */
  public Tile tile(int number) {
    int row = number / columns.count();
    int column = number % columns.count();
    Area own =
        new Area(rows.first(row), columns.first(column), rows.length(row), columns.length(column));
    Area reach =
        new Area(
            rows.reachFirst(row, overlap),
            columns.reachFirst(column, overlap),
            rows.reachLength(row, overlap),
            columns.reachLength(column, overlap));
    int colour = TileAxis.COLOURS * rows.colour(row) + columns.colour(column);
    return new Tile(number, row, column, own, reach, colour);
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
      for (int c = -1; c <= 1; c++) {
        int row = rows.beside(tile.row(), r);
        int column = columns.beside(tile.column(), c);
        if (row >= 0 && column >= 0 && (r != 0 || c != 0)) {
          neighbours.add(neighbour(tile, r, c, row * columns.count() + column));
        }
      }
    }
    return neighbours;
  }

  private Neighbour neighbour(Tile tile, int r, int c, int number) {
    Area from = tile.reach();
    Area to = tile(number).reach();
    return new Neighbour(
        number,
        from.firstRow() - to.firstRow() - rows.round(tile.row(), r),
        from.firstColumn() - to.firstColumn() - columns.round(tile.column(), c));
  }
}
