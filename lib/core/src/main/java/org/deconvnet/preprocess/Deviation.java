package org.deconvnet.preprocess;

/** Which deviation local contrast divides by. With w a window, v = x - w * x and * correlation: */
public enum Deviation {
  /** {@link #CENTRED} with the reflecting border, {@link #WINDOW} with the valid one. */
  AUTO,

  /**
   * sqrt(w * v²), of what is left when the local mean is gone: a smooth slope is no contrast.
   * Jarrett et al., ICCV 2009, section 2.
   */
  CENTRED,

  /**
   * sqrt(w * x² - (w * x)²), of the window's pixels about their own mean: a smooth slope is
   * contrast. So did the program that its authors published with the network of 2011.
   */
  WINDOW
}
