package org.deconvnet.network.cnn;

/** An operator that there is no way down through; says why, not which node it is. */
final class NoRuleException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  NoRuleException(String why) {
    super(why);
  }
}
