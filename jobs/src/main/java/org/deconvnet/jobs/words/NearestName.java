package org.deconvnet.jobs.words;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known name that is most like one that is not known: of commands, options, keys, classes. */
public final class NearestName {
  /** Shorter beginnings are shared by chance. */
  private static final int ABBREVIATION = 3;

  private static final LevenshteinDistance CHANGES = LevenshteinDistance.getDefaultInstance();

  private NearestName() {}

  /**
   * The known name that the fewest changed letters lead to, their case apart; one that begins so
   * comes first. Empty only if none is known.
   */
  public static Optional<String> of(String got, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparing((String name) -> !abbreviates(got, name))
                .thenComparing(name -> CHANGES.apply(lower(got), lower(name)))
                .thenComparing(name -> CHANGES.apply(got, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** A question to end a message with, {@code ; did you mean lambda?}; empty if none is known. */
  public static String asked(String got, Collection<String> known) {
    return of(got, known).map("; did you mean %s?"::formatted).orElse("");
  }

  private static boolean abbreviates(String got, String name) {
    return got.length() >= ABBREVIATION && lower(name).startsWith(lower(got));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
