package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Params;
import org.deconvnet.describe.DescriptorOptions;

/**
 * How a stage makes descriptors: {@link DescriptorOptions}, a number at a time.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface DescriptorParams<S> extends Params {
  default IntParam patch() {
    return Declared.whole(
        this, "patch", "pixels of a descriptor's side, a multiple of cells", Takes.atLeast(1));
  }

  default int getPatch() {
    return (Integer) getOrDefault(patch());
  }

  /** In pixels; a multiple of {@code cells}. */
  default S setPatch(int value) {
    return Fluent.set(this, patch(), value);
  }

  default IntParam step() {
    return Declared.whole(this, "step", "pixels between descriptors", Takes.atLeast(1));
  }

  default int getStep() {
    return (Integer) getOrDefault(step());
  }

  default S setStep(int value) {
    return Fluent.set(this, step(), value);
  }

  default IntParam cells() {
    return Declared.whole(this, "cells", "cells along a descriptor's side", Takes.atLeast(1));
  }

  default int getCells() {
    return (Integer) getOrDefault(cells());
  }

  default S setCells(int value) {
    return Fluent.set(this, cells(), value);
  }

  default DoubleParam clip() {
    return Declared.number(this, "clip", "largest normalised entry", Takes.positive());
  }

  default double getClip() {
    return (Double) getOrDefault(clip());
  }

  /** 1 clips nothing. */
  default S setClip(double value) {
    return Fluent.set(this, clip(), value);
  }

  /** All four. */
  default S setDescriptors(DescriptorOptions options) {
    setPatch(options.patch());
    setStep(options.step());
    setCells(options.cells());
    return setClip(options.clip());
  }

  /**
   * All four.
   *
   * @throws org.deconvnet.tensor.UserErrorException if the cells do not divide the patch
   */
  default DescriptorOptions toDescriptorOptions() {
    return new DescriptorOptions(getPatch(), getStep(), getCells(), getClip());
  }
}
