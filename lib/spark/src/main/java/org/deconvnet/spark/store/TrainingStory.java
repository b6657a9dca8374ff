package org.deconvnet.spark.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.spark.exec.TrainedNetwork;
import org.deconvnet.spark.ml.LayeredModel;

/** What a report says of a network's training, to be kept beside the network. */
record TrainingStory(List<List<LayerProgress>> epochs, List<LayerProgress> last, String engine) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static TrainingStory of(TrainedNetwork<?> training) {
    return new TrainingStory(training.epochs(), training.last(), training.engine());
  }

  static TrainedNetwork<?> read(String json, LayeredModel<?, ?> model) {
    try {
      TrainingStory story = JSON.readValue(json, TrainingStory.class);
      return new TrainedNetwork<>(model.network(), story.epochs, story.last, story.engine);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cache: training.json is damaged; run with --fresh", e);
    }
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the story of a training is plain data", e);
    }
  }
}
