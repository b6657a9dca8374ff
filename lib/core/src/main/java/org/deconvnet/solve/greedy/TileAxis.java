package org.deconvnet.solve.greedy;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * The rows (or columns) of places, cut into pieces of about one length.
 *
 * @param places how many
 * @param count of the pieces
 * @param circular whether the last piece lies beside the first
 */
record TileAxis(int places, int count, boolean circular) implements Serializable {
  /** Two, and a third where an odd number of pieces goes round in a circle. */
  static final int COLOURS = 3;

  static TileAxis of(String what, int places, int count, int side, boolean circular) {
    Checks.atLeast("tiles: " + what + " of tiles", 1, count);
    if (circular && count == 1) {
      throw new UserErrorException(
          "tiles of a circular image: expected one tile, or at least 2 %s of them, got 1; a tile cannot lie beside itself"
              .formatted(what));
    }
    if (count > 1 && places / count < Math.max(1, side - 1)) {
      throw new UserErrorException(
          "tiles: expected at least %d %s of places in a tile, for filters of side %d, got %d in %d tiles; cut the image into fewer"
              .formatted(Math.max(1, side - 1), what, side, places, count));
    }
    return new TileAxis(places, count, circular);
  }

  /** The fewest pieces of a given length at most, none shorter than atoms reach. */
  static int count(int places, int length, int side) {
    int count = (places + length - 1) / length;
    int most = Math.max(1, places / Math.max(1, side - 1));
    return Math.min(count, most);
  }

  int first(int piece) {
    return (int) ((long) places * piece / count);
  }

  int length(int piece) {
    return first(piece + 1) - first(piece);
  }

  /**
   * How far a piece may reach into the next, so that pieces of one colour stay a filter apart.
   *
   * @param wanted no further than this
   */
  int overlap(int wanted, int side) {
    return count == 1 ? wanted : Math.min(wanted, (places / count - (side - 1)) / 2);
  }

  int reachFirst(int piece, int overlap) {
    int first = first(piece) - overlap;
    return circular ? first : Math.max(0, first);
  }

  int reachLength(int piece, int overlap) {
    int end = first(piece + 1) + overlap;
    return (circular ? end : Math.min(places, end)) - reachFirst(piece, overlap);
  }

  /** Pieces of one colour have another between them. */
  int colour(int piece) {
    boolean third = circular && count % 2 == 1 && piece == count - 1;
    return third ? 2 : piece % 2;
  }

  /** The piece so many further on; −1 if there is none. */
  int beside(int piece, int step) {
    int other = piece + step;
    if (other >= 0 && other < count) {
      return other;
    }
    return circular ? Math.floorMod(other, count) : -1;
  }

  /** What to add to the places of the piece beside, to count on beyond either end. */
  int round(int piece, int step) {
    return Math.floorDiv(piece + step, count) * places;
  }
}
