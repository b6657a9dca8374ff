package org.deconvnet.dictionary;

import java.io.Serializable;
import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.UserErrorException;
import org.deconvnet.words.Count;

/**
 * How the maps of a layer are to be joined to the channels below, as the user asks for it.
 *
 * @param kind which rule
 * @param table for {@link Kind#GIVEN} one line a map, one 0 or 1 a channel; otherwise empty
 */
public record ConnectivityPlan(Kind kind, List<String> table) implements Serializable {
  /** Rules of the 2010 network, and the user's own table. */
  public enum Kind {
    /** Every map with every channel. */
    FULL,
    /** Every channel alone, then every pair of channels: K = C + C(C−1)/2. */
    SINGLES_AND_PAIRS,
    /** Distinct pairs of channels, drawn by the seed. */
    RANDOM_PAIRS,
    /** As the table says. */
    GIVEN
  }

  public static final ConnectivityPlan FULL = new ConnectivityPlan(Kind.FULL, List.of());
  public static final ConnectivityPlan SINGLES_AND_PAIRS =
      new ConnectivityPlan(Kind.SINGLES_AND_PAIRS, List.of());
  public static final ConnectivityPlan RANDOM_PAIRS =
      new ConnectivityPlan(Kind.RANDOM_PAIRS, List.of());

  public ConnectivityPlan {
    table = List.copyOf(table);
    if ((kind == Kind.GIVEN) == table.isEmpty()) {
      throw new UserErrorException(
          "connectivity: a table belongs to kind given and to no other; got kind %s with %s"
              .formatted(kind, Count.of(table.size(), "line")));
    }
    for (String line : table) {
      if (!line.matches("[01]+")) {
        throw new UserErrorException(
            "connectivity table: expected lines of 0 and 1, one digit a channel, got '%s'"
                .formatted(line));
      }
    }
  }

  /**
   * A rule by its name in configurations: {@code full}, {@code singlesAndPairs}, {@code
   * randomPairs}; or a table, its lines separated by blanks, as in {@code 110 011 101}.
   */
  public static ConnectivityPlan parse(String text) {
    return switch (text.strip()) {
      case "full" -> FULL;
      case "singlesAndPairs" -> SINGLES_AND_PAIRS;
      case "randomPairs" -> RANDOM_PAIRS;
      default -> {
        if (!text.strip().matches("[01]+(\\s+[01]+)*")) {
          throw new UserErrorException(
              "connectivity: expected full, singlesAndPairs, randomPairs or lines of 0 and 1, got '%s'"
                  .formatted(text));
        }
        yield new ConnectivityPlan(Kind.GIVEN, List.of(text.strip().split("\\s+")));
      }
    };
  }

  /** What {@link #parse} reads. */
  public String text() {
    return switch (kind) {
      case FULL -> "full";
      case SINGLES_AND_PAIRS -> "singlesAndPairs";
      case RANDOM_PAIRS -> "randomPairs";
      case GIVEN -> String.join(" ", table);
    };
  }

  /**
   * The table for a layer.
   *
   * @throws IllegalArgumentException if the rule gives another number of maps, or leaves a map or a
   *     channel out
   */
  public Connectivity connect(int maps, int channels, long seed) {
    Connectivity connectivity =
        switch (kind) {
          case FULL -> Connectivity.full(maps, channels);
          case SINGLES_AND_PAIRS -> Connectivity.singlesAndPairs(channels);
          case RANDOM_PAIRS -> Connectivity.randomPairs(maps, channels, seed);
          case GIVEN -> given(channels);
        };
    Checks.equal("connectivity %s: maps".formatted(text()), connectivity.maps(), maps);
    return connectivity.requireEveryChannelReconstructed();
  }

  private Connectivity given(int channels) {
    boolean[][] rows = new boolean[table.size()][];
    for (int k = 0; k < rows.length; k++) {
      Checks.equal("connectivity table: channels of map " + k, channels, table.get(k).length());
      rows[k] = new boolean[channels];
      for (int c = 0; c < channels; c++) {
        rows[k][c] = table.get(k).charAt(c) == '1';
      }
    }
    return Connectivity.of(rows);
  }
}
