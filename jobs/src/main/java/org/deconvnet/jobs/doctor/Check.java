package org.deconvnet.jobs.doctor;

import java.util.Locale;

/**
 * One finding of the doctor, in one line.
 *
 * @param name what was looked at, in a word or two
 * @param found what is there
 * @param expected what a run needs or likes
 * @param advice what to do; empty if, and only if, the verdict is {@link Verdict#OK}
 */
public record Check(String name, Verdict verdict, String found, String expected, String advice) {
  private static final String COLUMNS = "%-8s %-7s %s; expected %s";

  /**
   * Line ends within the texts become blanks.
   *
   * @throws IllegalArgumentException if a text is missing, or advice is given where all is well
   */
  public Check {
    name = inOneLine("name", name);
    found = inOneLine("found", found);
    expected = inOneLine("expected", expected);
    if (advice.isBlank() != (verdict == Verdict.OK)) {
      throw new IllegalArgumentException(
          "check %s: expected advice for a note or a problem alone, got %s and '%s'"
              .formatted(name, verdict, advice));
    }
    advice = advice.isBlank() ? "" : inOneLine("advice", advice);
  }

  private static String inOneLine(String part, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("check: expected a text for %s, got none".formatted(part));
    }
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  static Check ok(String name, String found, String expected) {
    return new Check(name, Verdict.OK, found, expected, "");
  }

  static Check note(String name, String found, String expected, String advice) {
    return new Check(name, Verdict.NOTE, found, expected, advice);
  }

  static Check problem(String name, String found, String expected, String advice) {
    return new Check(name, Verdict.PROBLEM, found, expected, advice);
  }

  /** The line that is printed, without its end. */
  public String line() {
    String line = String.format(Locale.ROOT, COLUMNS, verdict.word(), name, found, expected);
    return advice.isEmpty() ? line : line + "; " + advice;
  }
}
