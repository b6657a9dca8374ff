package org.deconvnet.preprocess;

/**
 * An image has fewer rows or columns than a window that must lie within it. It concerns this image
 * alone: others of the corpus may be large enough. The message does not know the file's path.
 */
public final class ImageTooSmallException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  ImageTooSmallException(String message) {
    super(message);
  }

  ImageTooSmallException(int window, int height, int width) {
    super(
        "local contrast: image: expected at least %d x %d pixels for the window and its valid border, got %d x %d; "
                .formatted(window, window, height, width)
            + "reflect the border, enlarge the image or leave it out");
  }
}
