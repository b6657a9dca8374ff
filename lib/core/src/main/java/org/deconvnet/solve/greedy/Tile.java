package org.deconvnet.solve.greedy;

import java.io.Serializable;

/**
 * A rectangle of the places of an image's atoms that one worker codes at a time.
 *
 * @param number row by row, from 0
 * @param row of the tile among tiles
 * @param column of the tile among tiles
 * @param own the places whose coefficients are the tile's in the end; each place has one owner
 * @param reach the places whose coefficients it may change in its turn: its own, and some of its
 *     neighbours' beside them
 * @param colour what tiles of one colour may change lies s places apart or more
 */
public record Tile(int number, int row, int column, Area own, Area reach, int colour)
    implements Serializable {

  /** The places whose atoms overlap those that the tile may change. */
  Area seen(int side) {
    return reach.grown(side - 1);
  }
}
