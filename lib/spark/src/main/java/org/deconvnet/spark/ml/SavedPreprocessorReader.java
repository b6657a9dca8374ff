package org.deconvnet.spark.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.MLReader;

/**
 * Loads preprocessing stages of any release. A stage that was saved before images were turned
 * upright goes on as it did: what was learned with it has seen images as they are stored.
 */
final class SavedPreprocessorReader extends MLReader<ImagePreprocessor> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public ImagePreprocessor load(String path) {
    ImagePreprocessor stage = new DefaultParamsReader<ImagePreprocessor>().load(path);
    return knows(stage.upright().name(), path) ? stage : stage.setUpright(false);
  }

  /** Spark saves what was set, and every default. */
  private boolean knows(String parameter, String path) {
    String metadata =
        DefaultParamsReader$.MODULE$
            .loadMetadata(path, sparkSession(), ImagePreprocessor.class.getName())
            .metadataJson();
    try {
      JsonNode root = JSON.readTree(metadata);
      return root.path("paramMap").has(parameter) || root.path("defaultParamMap").has(parameter);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Spark has read the same text as JSON", e);
    }
  }
}
