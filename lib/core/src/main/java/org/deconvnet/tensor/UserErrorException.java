package org.deconvnet.tensor;

/**
 * What the user gave is at fault: an image, a setting, an option. The message says what was
 * expected and what came, and is all that the user needs. Any other {@link
 * IllegalArgumentException} is a defect of this program or of a library, and its trace is wanted.
 */
public final class UserErrorException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public UserErrorException(String message) {
    super(message);
  }

  private UserErrorException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The same failure with its place said first; a defect stays one.
   *
   * @param place an image's id, or a key of a configuration
   */
  public static IllegalArgumentException of(String place, IllegalArgumentException failure) {
    String message = place + ": " + failure.getMessage();
    return failure instanceof UserErrorException
        ? new UserErrorException(message, failure)
        : new IllegalArgumentException(message, failure);
  }
}
