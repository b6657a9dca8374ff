package org.deconvnet.spark.ml;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * What becomes of rows that a stage can do nothing with, under the name that Spark's own stages use
 * for it: {@code handleInvalid}. A row is invalid where an input of the stage is null, above all
 * where a file was no image. All stages share this.
 *
 * <p>The default is {@code keep}, where most of Spark's stages have {@code error}: of a million
 * photographs some are damaged, and {@link ImagePreprocessor} has always kept their rows and said
 * why in its column {@code error}.
 */
final class InvalidRowParams implements Serializable {
  private static final long serialVersionUID = 1;

  /** The row stays; what the stage would add is null. Estimators leave the row out. */
  static final String KEEP = "keep";

  /** The row goes. */
  static final String SKIP = "skip";

  /** The row ends the job. */
  static final String ERROR = "error";

  final Param<String> handleInvalid;
  final Param<String> idCol;

  InvalidRowParams(Params owner) {
    handleInvalid =
        new Param<>(
            owner,
            "handleInvalid",
            "rows without a usable image: keep (with nulls), skip (drop), or error (fail, naming"
                + " one); an estimator leaves them out and counts them, or fails",
            ParamValidators.inArray(List.of(KEEP, SKIP, ERROR)));
    idCol = new Param<>(owner, "idCol", "column of unique ids (strings), which messages name");
    owner.setDefault(handleInvalid, KEEP);
    owner.setDefault(idCol, "path");
  }
}
