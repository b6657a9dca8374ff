package org.deconvnet.jobs.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Follows a way through a file, as in {@code network.layers[1].lambda}. */
final class Way {
  private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\d+)]");

  private Way() {}

  /** The value at its end; null if the way leads nowhere. */
  static Spot follow(Spot from, String way) {
    Matcher step = STEP.matcher(way);
    Spot spot = from;
    while (spot != null && step.find()) {
      spot = step.group(1) == null ? item(spot, step.group(2)) : key(spot, step.group(1));
    }
    return spot;
  }

  private static Spot key(Spot spot, String name) {
    return spot.node() instanceof MappingNode ? Keys.of(spot, "").get(name) : null;
  }

  private static Spot item(Spot spot, String number) {
    int index = Integer.parseInt(number);
    return spot.node() instanceof SequenceNode list && index < list.getValue().size()
        ? spot.item(index, list.getValue().get(index))
        : null;
  }
}
