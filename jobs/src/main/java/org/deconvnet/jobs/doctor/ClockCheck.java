package org.deconvnet.jobs.doctor;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The clock: reports are dated by it, and S3 refuses requests that are minutes off. */
final class ClockCheck {
  static final String NAME = "clock";

  /** The year of the first release. */
  private static final int FIRST = 2026;

  private static final int LAST = 2099;
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx '('VV')'");

  private ClockCheck() {}

  static Check of(ZonedDateTime now) {
    String found = now.format(FORM);
    String expected = "a year from %d to %d, and your time zone".formatted(FIRST, LAST);
    return now.getYear() >= FIRST && now.getYear() <= LAST
        ? Check.ok(NAME, found, expected)
        : Check.problem(
            NAME, found, expected, "set the clock; S3 refuses requests that are minutes off");
  }
}
