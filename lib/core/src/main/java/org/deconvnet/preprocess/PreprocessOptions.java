package org.deconvnet.preprocess;

import java.io.Serializable;
import java.util.function.Consumer;
import org.deconvnet.tensor.Checks;

/**
 * What is done to an image before a network sees it. The defaults are those of the adaptive
 * deconvolutional network (Zeiler, Taylor, Fergus, ICCV 2011), but for padding. Immutable and
 * thread-safe.
 *
 * @param grey true: one map of luminance; false: three maps, a grey image repeated
 * @param longestSide pixels of the longer side after resizing, up or down; 0 keeps the size
 * @param padToSquare true: the image lies top left in a square of zeros as wide as its longer side
 * @param subtractMean true: every map, once resized, loses its mean over the image. Local contrast
 *     takes the mean anyway; without it this is what centres an image
 * @param localContrast true: local contrast normalisation
 * @param window side of its Gaussian window in pixels, odd, at least 3
 * @param sigma standard deviation of that Gaussian in pixels, positive
 * @param border what the window sees beyond the edges; {@link Border#VALID} makes images smaller,
 *     and those that the window does not fit into unusable
 * @param deviationFloor smallest divisor of local contrast, finite, at least 0; 0 takes the median
 *     of the local deviations over the image
 * @param deviation which deviation local contrast divides by; with {@link Border#VALID} none but
 *     {@link Deviation#WINDOW}
 * @param upright true: the image is turned as its file's orientation (EXIF, or the page of a TIFF)
 *     says, before anything else; false: it stays as it is stored
 */
public record PreprocessOptions(
    boolean grey,
    int longestSide,
    boolean padToSquare,
    boolean subtractMean,
    boolean localContrast,
    int window,
    double sigma,
    Border border,
    double deviationFloor,
    Deviation deviation,
    boolean upright)
    implements Serializable {

  /** Grey, longest side 150, not padded, local contrast over 13 x 13 pixels with sigma 4.773. */
  public static final PreprocessOptions DEFAULTS =
      new PreprocessOptions(
          true, 150, false, false, true, 13, 4.773, Border.REFLECT, 0, Deviation.AUTO, true);

  /**
   * Of the deconvolutional network (Zeiler, Krishnan, Taylor, Fergus, CVPR 2010): colour, the size
   * kept, the mean subtracted, local contrast over 5 x 5 pixels with sigma 1.591, the valid border
   * and the floor 1, which on images in [0, 1] only subtracts. 100 x 100 pixels become 96 x 96.
   */
  public static final PreprocessOptions NETWORK_2010 =
      new PreprocessOptions(
          false, 0, false, true, true, 5, 1.591, Border.VALID, 1, Deviation.AUTO, true);

  public PreprocessOptions {
    Checks.atLeast("preprocessing: longest side (0 keeps the size)", 0, longestSide);
    GaussianWindow.check(window, sigma);
    LocalContrastNormalization.check(border, deviationFloor, deviation);
  }

  public PreprocessOptions withGrey(boolean value) {
    return changed(draft -> draft.grey = value);
  }

  public PreprocessOptions withLongestSide(int value) {
    return changed(draft -> draft.longestSide = value);
  }

  public PreprocessOptions withPadToSquare(boolean value) {
    return changed(draft -> draft.padToSquare = value);
  }

  public PreprocessOptions withSubtractMean(boolean value) {
    return changed(draft -> draft.subtractMean = value);
  }

  public PreprocessOptions withLocalContrast(boolean value) {
    return changed(draft -> draft.localContrast = value);
  }

  public PreprocessOptions withWindow(int newWindow, double newSigma) {
    return changed(
        draft -> {
          draft.window = newWindow;
          draft.sigma = newSigma;
        });
  }

  public PreprocessOptions withBorder(Border value) {
    return changed(draft -> draft.border = value);
  }

  public PreprocessOptions withDeviationFloor(double value) {
    return changed(draft -> draft.deviationFloor = value);
  }

  public PreprocessOptions withDeviation(Deviation value) {
    return changed(draft -> draft.deviation = value);
  }

  public PreprocessOptions withUpright(boolean value) {
    return changed(draft -> draft.upright = value);
  }

  private PreprocessOptions changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** Options before they are checked. */
  private static final class Draft {
    private boolean grey;
    private int longestSide;
    private boolean padToSquare;
    private boolean subtractMean;
    private boolean localContrast;
    private int window;
    private double sigma;
    private Border border;
    private double deviationFloor;
    private Deviation deviation;
    private boolean upright;

    Draft(PreprocessOptions from) {
      grey = from.grey;
      longestSide = from.longestSide;
      padToSquare = from.padToSquare;
      subtractMean = from.subtractMean;
      localContrast = from.localContrast;
      window = from.window;
      sigma = from.sigma;
      border = from.border;
      deviationFloor = from.deviationFloor;
      deviation = from.deviation;
      upright = from.upright;
    }

    PreprocessOptions options() {
      return new PreprocessOptions(
          grey,
          longestSide,
          padToSquare,
          subtractMean,
          localContrast,
          window,
          sigma,
          border,
          deviationFloor,
          deviation,
          upright);
    }
  }
}
