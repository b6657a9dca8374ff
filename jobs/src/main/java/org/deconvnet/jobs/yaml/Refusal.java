package org.deconvnet.jobs.yaml;

import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * Finds the key that a constructor refused. Its message says what it is about before {@code
 * expected}: the key, the way to it from the root, or its words, as in {@code beta schedule: cg
 * steps: expected at least 1, got 0}.
 */
final class Refusal {
  private static final Pattern WAY = Pattern.compile("[A-Za-z]\\w*(\\.[\\w-]+|\\[\\d+])*");

  private final Spot root;

  Refusal(Spot root) {
    this.root = root;
  }

  /** A key of the value, and where the message has its words. */
  private record Mention(Spot spot, int end) {}

  /**
   * @param spot that the constructor was called for
   */
  YamlMistakeException of(Spot spot, IllegalArgumentException refused) {
    String message = String.valueOf(refused.getMessage());
    Matcher way = WAY.matcher(message);
    Spot found = way.lookingAt() ? follow(spot, way.group()) : null;
    String rest = found == null ? message : message.substring(way.end());
    return named(found == null ? spot : found, rest, refused);
  }

  private Spot follow(Spot spot, String way) {
    Spot fromRoot = Way.follow(root, way);
    return fromRoot == null ? Way.follow(spot, way) : fromRoot;
  }

  /** Goes on to the key that is mentioned last; several are all said, since they do not fit. */
  private static YamlMistakeException named(Spot spot, String message, Throwable cause) {
    List<Mention> mentions = mentions(spot, message);
    if (mentions.isEmpty()) {
      return said(spot, message, cause);
    }
    Mention last = mentions.stream().max(Comparator.comparingInt(Mention::end)).orElseThrow();
    String rest = mentions.size() > 1 ? message : message.substring(last.end());
    return said(last.spot(), rest, cause);
  }

  private static List<Mention> mentions(Spot spot, String message) {
    int end = message.indexOf(": expected");
    if (end <= 0 || !(spot.node() instanceof MappingNode)) {
      return List.of();
    }
    CamelWords subject = CamelWords.of(message.substring(0, end));
    List<Mention> exact = mentions(spot, subject, UnaryOperator.identity());
    // One coding of a list of codings may be what is refused.
    return exact.isEmpty() ? mentions(spot, subject.singular(), CamelWords::singular) : exact;
  }

  private static List<Mention> mentions(
      Spot spot, CamelWords subject, UnaryOperator<CamelWords> form) {
    return Keys.of(spot, "").values().entrySet().stream()
        .map(
            entry ->
                new Mention(
                    entry.getValue(), subject.lastEndOf(form.apply(CamelWords.of(entry.getKey())))))
        .filter(mention -> mention.end() > 0)
        .toList();
  }

  private static YamlMistakeException said(Spot spot, String rest, Throwable cause) {
    boolean goesOn = rest.isEmpty() || " :,".indexOf(rest.charAt(0)) >= 0;
    String place = spot.place() + (spot.path().isEmpty() ? "" : ": " + spot.path());
    return new YamlMistakeException(place + (goesOn ? "" : ": ") + rest, cause);
  }
}
