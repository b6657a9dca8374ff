package org.deconvnet.spark.ml;

import java.io.Serializable;

/**
 * Rows that an estimator could not learn from.
 *
 * @param example one of them and what is wrong with it; null for none
 */
record LeftOut(long rows, String example) implements Serializable {
  static final LeftOut NONE = new LeftOut(0, null);

  LeftOut plus(LeftOut other) {
    return new LeftOut(rows + other.rows, example == null ? other.example : example);
  }
}
