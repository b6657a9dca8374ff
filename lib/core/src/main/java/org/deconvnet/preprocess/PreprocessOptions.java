package org.deconvnet.preprocess;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;

/**
 * What is done to an image before a network sees it. The defaults are those of the adaptive
 * deconvolutional network (Zeiler, Taylor, Fergus, ICCV 2011), but for padding. Immutable and
 * thread-safe.
 *
 * @param grey true: one map of luminance; false: three maps, a grey image repeated
 * @param longestSide pixels of the longer side after resizing, up or down; 0 keeps the size
 * @param padToSquare true: the image lies top left in a square of zeros as wide as its longer side
 * @param localContrast true: local contrast normalisation
 * @param window side of its Gaussian window in pixels, odd, at least 3
 * @param sigma standard deviation of that Gaussian in pixels, positive
 */
public record PreprocessOptions(
    boolean grey,
    int longestSide,
    boolean padToSquare,
    boolean localContrast,
    int window,
    double sigma)
    implements Serializable {

  /** Grey, longest side 150, not padded, local contrast over 13 x 13 pixels with sigma 4.773. */
  public static final PreprocessOptions DEFAULTS =
      new PreprocessOptions(true, 150, false, true, 13, 4.773);

  public PreprocessOptions {
    Checks.atLeast("preprocessing: longest side (0 keeps the size)", 0, longestSide);
    GaussianWindow.check(window, sigma);
  }

  public PreprocessOptions withGrey(boolean newGrey) {
    return new PreprocessOptions(newGrey, longestSide, padToSquare, localContrast, window, sigma);
  }

  public PreprocessOptions withLongestSide(int newSide) {
    return new PreprocessOptions(grey, newSide, padToSquare, localContrast, window, sigma);
  }

  public PreprocessOptions withPadToSquare(boolean newPad) {
    return new PreprocessOptions(grey, longestSide, newPad, localContrast, window, sigma);
  }

  public PreprocessOptions withLocalContrast(boolean newContrast) {
    return new PreprocessOptions(grey, longestSide, padToSquare, newContrast, window, sigma);
  }

  public PreprocessOptions withWindow(int newWindow, double newSigma) {
    return new PreprocessOptions(
        grey, longestSide, padToSquare, localContrast, newWindow, newSigma);
  }
}
