package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;

/**
 * What a network that labels pixels is made of: {@link org.deconvnet.label.HeadOptions}.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface LabellingHeadParams<S> extends LabellingParams<S> {
  default IntArrayParam strides() {
    return Declared.wholesOf(
        this,
        "strides",
        "pixels of an image that a number of each layer's maps stands for, once pooled",
        Takes.anyInts(Takes.between(1, 64)));
  }

  default int[] getStrides() {
    return getOrDefault(strides());
  }

  /** One a column of layerCols, each a multiple of the one before. */
  default S setStrides(int... values) {
    return Fluent.set(this, strides(), values);
  }

  default BooleanParam absolute() {
    return Declared.flag(
        this,
        "absolute",
        "the size of frozen maps is pooled; otherwise their positive and negative parts");
  }

  default boolean getAbsolute() {
    return (Boolean) getOrDefault(absolute());
  }

  default S setAbsolute(boolean value) {
    return Fluent.set(this, absolute(), value);
  }

  default BooleanParam place() {
    return Declared.flag(
        this, "place", "colour and place of each pixel are scored beside frozen layers");
  }

  default boolean getPlace() {
    return (Boolean) getOrDefault(place());
  }

  default S setPlace(boolean value) {
    return Fluent.set(this, place(), value);
  }

  default IntArrayParam widths() {
    return Declared.wholesOf(
        this,
        "widths",
        "maps of each level of the encoder that is learned",
        Takes.anyInts(Takes.between(1, 4096)));
  }

  default int[] getWidths() {
    return getOrDefault(widths());
  }

  /** None beside frozen layers; none at all is a regression of each pixel. */
  default S setWidths(int... values) {
    return Fluent.set(this, widths(), values);
  }

  default IntParam convolutions() {
    return Declared.whole(this, "convolutions", "convolutions of a level", Takes.between(1, 8));
  }

  default int getConvolutions() {
    return (Integer) getOrDefault(convolutions());
  }

  default S setConvolutions(int value) {
    return Fluent.set(this, convolutions(), value);
  }

  default IntParam hidden() {
    return Declared.whole(
        this,
        "hidden",
        "maps of a convolution between a layer and its scores; 0: none",
        Takes.between(0, 4096));
  }

  default int getHidden() {
    return (Integer) getOrDefault(hidden());
  }

  default S setHidden(int value) {
    return Fluent.set(this, hidden(), value);
  }

  default BooleanParam skips() {
    return Declared.flag(
        this, "skips", "all layers, or levels, are scored; otherwise only the last one");
  }

  default boolean getSkips() {
    return (Boolean) getOrDefault(skips());
  }

  default S setSkips(boolean value) {
    return Fluent.set(this, skips(), value);
  }
}
