package org.deconvnet.solve.greedy;

import java.io.Serializable;
import java.util.List;

/**
 * A tile's turn in a round.
 *
 * @param tile its number
 * @param level it descends until nothing would move by more
 * @param news what other tiles changed of the code that it sees since its last turn, in this order
 */
public record TileTurn(int tile, double level, List<CodeChanges> news) implements Serializable {
  public TileTurn {
    news = List.copyOf(news);
  }
}
