package org.deconvnet.spark.ml;

import java.util.List;

/** A stage that turns maps or descriptors into pyramids, ready to transform. */
public interface PyramidStage {
  /** The columns that it adds, one a pyramid. */
  List<String> pyramidCols();
}
