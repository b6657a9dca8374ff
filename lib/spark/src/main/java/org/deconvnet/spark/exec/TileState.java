package org.deconvnet.spark.exec;

import java.io.Serializable;
import java.util.List;
import org.deconvnet.solve.greedy.CodeChanges;
import org.deconvnet.solve.greedy.TileReport;
import org.deconvnet.tensor.SparseMaps;

/**
 * What an executor keeps of a tile from turn to turn.
 *
 * @param tile its number
 * @param seen the code that it sees
 * @param report of its turn, if it has just had one; otherwise null
 */
record TileState(int tile, SparseMaps seen, TileReport report) implements Serializable {
  TileState silent() {
    return new TileState(tile, seen, null);
  }

  TileState following(List<CodeChanges> news) {
    return new TileState(tile, CodeChanges.following(news, seen), null);
  }
}
