package org.deconvnet.jobs.doctor;

import org.deconvnet.tensor.UserErrorException;

/** What a failure says, without what Spark and others add line by line. */
final class FirstLine {
  private FirstLine() {}

  /** A message for the user as it is, else with the failure's class, which may be all there is. */
  static String of(Throwable failure) {
    String text = failure instanceof UserErrorException ? failure.getMessage() : failure.toString();
    return text.strip().lines().findFirst().orElse("no message");
  }
}
