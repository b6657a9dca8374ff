package org.deconvnet.words;

import java.util.Locale;
import java.util.regex.Pattern;

/** A number of things in words: {@code 1 image}, {@code 2 images}, {@code 0 batches}. */
public final class Count {
  private static final Pattern HISSING = Pattern.compile(".*(s|x|z|ch|sh)");

  private Count() {}

  /**
   * @param noun one of the things, in the singular; a regular English noun, or several words that
   *     end in one, as in {@code training image}
   */
  public static String of(long count, String noun) {
    return count + " " + noun(count, noun);
  }

  /** As {@link #of}, large numbers in groups of three digits: {@code 12,345 bytes}. */
  public static String grouped(long count, String noun) {
    return String.format(Locale.ROOT, "%,d ", count) + noun(count, noun);
  }

  /** The noun alone, singular for 1 and plural for any other number. */
  public static String noun(long count, String noun) {
    if (count == 1) {
      return noun;
    }
    return noun + (HISSING.matcher(noun).matches() ? "es" : "s");
  }
}
