package org.deconvnet.spark.ml;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Params;
import org.deconvnet.pyramid.PyramidOptions;

/**
 * How fine a spatial pyramid is.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface LevelsParam<S> extends Params {
  default IntParam levels() {
    return Declared.whole(
        this, "levels", "pyramid levels; 3: 1+4+16", Takes.between(1, PyramidOptions.MOST_LEVELS));
  }

  default int getLevels() {
    return (Integer) getOrDefault(levels());
  }

  /** Level l has 2^l x 2^l cells. */
  default S setLevels(int value) {
    return Fluent.set(this, levels(), value);
  }
}
