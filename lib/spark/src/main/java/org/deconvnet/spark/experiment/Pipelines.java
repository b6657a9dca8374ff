package org.deconvnet.spark.experiment;

import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;

/** Spark ML pipelines of stages that are already fitted. */
final class Pipelines {
  private Pipelines() {}

  static PipelineModel of(String uid, List<Transformer> stages) {
    return new PipelineModel(uid, stages);
  }

  /** The first stage of a class, looking into nested pipelines, or null. */
  static <T> T find(PipelineModel model, Class<T> type) {
    for (Transformer stage : model.stages()) {
      if (type.isInstance(stage)) {
        return type.cast(stage);
      }
      if (stage instanceof PipelineModel inner && find(inner, type) != null) {
        return find(inner, type);
      }
    }
    return null;
  }
}
