package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.deconvnet.network.patches.PatchCodingOptions;
import org.deconvnet.network.patches.PatchesOptions;
import org.deconvnet.network.patches.WindowOptions;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.tensor.Connectivity;

/**
 * The words of {@link PatchSparseCoding}, and the windows they are of.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface PatchParams<S> extends LearningParams<S>, DescentParams<S>, MemoryParam<S> {
  @Override
  default int depth() {
    return 1;
  }

  default IntParam wordCount() {
    return Declared.whole(
        this,
        "wordCount",
        "words that windows are coded with",
        Takes.between(1, Connectivity.MOST_MAPS));
  }

  default int getWordCount() {
    return (Integer) getOrDefault(wordCount());
  }

  /** The maps of the code. */
  default S setWordCount(int value) {
    return Fluent.set(this, wordCount(), value);
  }

  default IntParam side() {
    return Declared.whole(this, "side", "rows and columns of a window", Takes.atLeast(1));
  }

  default int getSide() {
    return (Integer) getOrDefault(side());
  }

  /** In pixels. */
  default S setSide(int value) {
    return Fluent.set(this, side(), value);
  }

  default IntParam step() {
    return Declared.whole(
        this, "step", "pixels from one window to the next, at most side", Takes.atLeast(1));
  }

  default int getStep() {
    return (Integer) getOrDefault(step());
  }

  /** At most a window's side, so that windows cover the image. */
  default S setStep(int value) {
    return Fluent.set(this, step(), value);
  }

  default BooleanParam keepMean() {
    return Declared.flag(this, "keepMean", "whether windows keep their means");
  }

  default boolean getKeepMean() {
    return (Boolean) getOrDefault(keepMean());
  }

  default S setKeepMean(boolean value) {
    return Fluent.set(this, keepMean(), value);
  }

  default BooleanParam whiten() {
    return Declared.flag(this, "whiten", "whether windows are whitened");
  }

  default boolean getWhiten() {
    return (Boolean) getOrDefault(whiten());
  }

  default S setWhiten(boolean value) {
    return Fluent.set(this, whiten(), value);
  }

  default DoubleParam floor() {
    return Declared.number(
        this,
        "floor",
        "what whitening adds to each eigenvalue, as a share of their mean",
        Takes.positive());
  }

  default double getFloor() {
    return (Double) getOrDefault(floor());
  }

  /** A larger one leaves more of the windows' own spectrum. */
  default S setFloor(double value) {
    return Fluent.set(this, floor(), value);
  }

  default IntParam drawn() {
    return Declared.whole(
        this, "drawn", "windows drawn of an image in an epoch; 0: all", Takes.atLeast(0));
  }

  default int getDrawn() {
    return (Integer) getOrDefault(drawn());
  }

  default S setDrawn(int value) {
    return Fluent.set(this, drawn(), value);
  }

  /** Sets every parameter that describes words and windows. */
  default S setOptions(PatchesOptions options) {
    PatchCodingOptions coding = options.coding();
    WindowOptions windows = coding.windows();
    setWordCount(coding.maps());
    setSide(windows.side());
    setStep(windows.step());
    setKeepMean(windows.keepMean());
    setWhiten(windows.whiten());
    setFloor(windows.floor());
    setLambda(coding.lambda());
    setNonNegative(coding.nonNegative());
    setTolerance(coding.descent().tolerance());
    setChangesPerPlace(coding.descent().changesPerPlace());
    setDrawn(options.drawn());
    setEpochs(options.epochs());
    setBatchSize(options.batchSize());
    return setMemory(options.memory());
  }

  /**
   * What the parameters describe.
   *
   * @throws org.deconvnet.tensor.UserErrorException if the step is larger than a window
   */
  default PatchesOptions toOptions() {
    PatchCodingOptions coding =
        new PatchCodingOptions(
            new WindowOptions(getSide(), getStep(), getKeepMean(), getWhiten(), getFloor()),
            getWordCount(),
            getLambda(),
            getNonNegative(),
            new DescentOptions(getTolerance(), getChangesPerPlace()));
    return new PatchesOptions(coding, getDrawn(), getEpochs(), getBatchSize(), getMemory());
  }
}
