package org.deconvnet.jobs.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text or of a key: {@code cgSteps} has two. Case does not count.
 *
 * @param ends where each word ends in the text
 */
record CamelWords(List<String> words, List<Integer> ends) {
  private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\\d+");

  static CamelWords of(String text) {
    List<String> words = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      words.add(word.group().toLowerCase(Locale.ROOT));
      ends.add(word.end());
    }
    return new CamelWords(words, ends);
  }

  /** The same words without the s of the plural. */
  CamelWords singular() {
    return new CamelWords(words.stream().map(word -> word.replaceAll("s$", "")).toList(), ends);
  }

  /** Where the last mention of all of these words in a row ends; 0 for none. */
  int lastEndOf(CamelWords others) {
    int at = Collections.lastIndexOfSubList(words, others.words);
    return at < 0 || others.words.isEmpty() ? 0 : ends.get(at + others.words.size() - 1);
  }
}
