package org.deconvnet.spark.ml;

import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What the columns of a network's layers hold.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface LayerValuesParam<S> extends Params {
  /** Dense maps, which pyramids are made of. */
  String MAPS = "maps";

  /** Sparse codes. */
  String CODES = "codes";

  default Param<String> layerValues() {
    return Declared.text(
        this,
        "layerValues",
        "what layer1, layer2, ... hold: dense maps, which pyramids take, or sparse codes",
        Takes.oneOf(List.of(MAPS, CODES)));
  }

  default String getLayerValues() {
    return getOrDefault(layerValues());
  }

  /** {@code maps}, the default, or {@code codes}, which {@link MapVectorizer} takes. */
  default S setLayerValues(String value) {
    return Fluent.set(this, layerValues(), value);
  }
}
