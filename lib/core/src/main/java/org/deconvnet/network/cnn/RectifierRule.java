package org.deconvnet.network.cnn;

import java.util.Locale;

/**
 * What becomes of a signal on its way down through a rectifier. The walk is the same but for this,
 * and so three known pictures are one program.
 */
public enum RectifierRule {
  /** Its positive part: Zeiler and Fergus, ECCV 2014. */
  DECONVNET,

  /** What the image let through: the gradient, Simonyan, Vedaldi and Zisserman, 2013. */
  GRADIENT,

  /** Its positive part of what the image let through: Springenberg and others, 2014. */
  GUIDED;

  /** As the command line and configurations say it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean gates() {
    return this != DECONVNET;
  }

  boolean rectifies() {
    return this != GRADIENT;
  }
}
