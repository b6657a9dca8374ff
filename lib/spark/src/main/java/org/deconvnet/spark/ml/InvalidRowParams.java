package org.deconvnet.spark.ml;

import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What becomes of rows that a stage can do nothing with, under the name that Spark's own stages use
 * for it: {@code handleInvalid}. A row is invalid where an input of the stage is null, above all
 * where a file was no image. All stages share this.
 *
 * <p>The default is {@code keep}, where most of Spark's stages have {@code error}: of a million
 * photographs some are damaged, and {@link ImagePreprocessor} has always kept their rows and said
 * why in its column {@code error}.
 *
 * @param <S> the stage itself, which setters give back
 */
public interface InvalidRowParams<S> extends Params {
  /** The row stays; what the stage would add is null. Estimators leave the row out. */
  String KEEP = "keep";

  /** The row goes. */
  String SKIP = "skip";

  /** The row ends the job. */
  String ERROR = "error";

  default Param<String> handleInvalid() {
    return Declared.text(
        this,
        "handleInvalid",
        "rows without a usable image: keep (with nulls), skip (drop), or error (fail, naming one);"
            + " an estimator leaves them out and counts them, or fails",
        Takes.oneOf(List.of(KEEP, SKIP, ERROR)));
  }

  default Param<String> idCol() {
    return Declared.column(this, "idCol", "column of unique ids (strings), which messages name");
  }

  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }

  /** Rows without a usable image: {@code keep}, the default, {@code skip} or {@code error}. */
  default S setHandleInvalid(String value) {
    return Fluent.set(this, handleInvalid(), value);
  }

  default String getIdCol() {
    return getOrDefault(idCol());
  }

  /** The column that names rows in messages; estimators need it. */
  default S setIdCol(String value) {
    return Fluent.set(this, idCol(), value);
  }
}
