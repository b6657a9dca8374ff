package org.deconvnet.spark.store;

import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;

/** Spark ML pipelines of stages that are already fitted. */
public final class Pipelines {
  private Pipelines() {}

  public static PipelineModel of(String uid, List<Transformer> stages) {
    return new PipelineModel(uid, stages);
  }

  /** The stages of a pipeline that was saved. */
  public static List<Transformer> read(String path) {
    return List.of(PipelineModel.load(path).stages());
  }

  /** The same stage, computing with another engine; a stage that takes none stays as it is. */
  public static Transformer withEngine(Transformer stage, String engine) {
    return stage.hasParam("engine")
        ? stage.copy(new ParamMap().put(stage.getParam("engine"), engine))
        : stage;
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
