package org.deconvnet.spark.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.ml.HadoopModelFiles;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.ml.LayeredModel;

/**
 * A model directory: {@code pipeline/}, a Spark ML pipeline from image bytes to features and, where
 * the corpus had classes, to class names; and {@code model.json}, which says what it holds.
 */
public final class ModelFolder {
  private static final int VERSION = 1;
  private static final String METADATA = "model.json";
  private static final String PIPELINE = "pipeline";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PipelineModel pipeline;
  private final List<String> classes;

  private ModelFolder(PipelineModel pipeline, List<String> classes) {
    this.pipeline = pipeline;
    this.classes = List.copyOf(classes);
  }

  /**
   * @param configuration all that decided the model, as the YAML file that would learn it again
   */
  public static void write(
      OutputFolder folder,
      List<Transformer> stages,
      List<String> classes,
      String fingerprint,
      String configuration) {
    try {
      Pipelines.of("deconvnet", stages).write().save(folder.path(PIPELINE));
      var root = JSON.createObjectNode();
      root.put("modelVersion", VERSION);
      root.put("fingerprint", fingerprint);
      var names = root.putArray("classes");
      classes.forEach(names::add);
      root.put("configuration", configuration);
      folder.write(METADATA, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "model %s: %s".formatted(folder.path(PIPELINE), e.getMessage()), e);
    }
  }

  /**
   * @throws CorpusException if the folder holds no complete model of this version
   */
  public static ModelFolder read(SparkSession spark, String path) {
    OutputFolder folder = OutputFolder.open(spark, path, "model");
    try (InputStream in = new HadoopModelFiles(spark, path).open(METADATA)) {
      JsonNode root = JSON.readTree(in);
      int version = root.path("modelVersion").asInt(-1);
      if (version != VERSION) {
        throw new CorpusException(
            "model %s: expected version %d, got %d; use the release that wrote it, or train again"
                .formatted(path, VERSION, version));
      }
      List<String> classes = new ArrayList<>();
      root.path("classes").forEach(node -> classes.add(node.asText()));
      return new ModelFolder(PipelineModel.load(folder.path(PIPELINE)), classes);
    } catch (IOException e) {
      throw new UncheckedIOException("model %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  public ImagePreprocessor preprocessor() {
    return Pipelines.find(pipeline, ImagePreprocessor.class);
  }

  public LayeredModel<?, ?> network() {
    return Pipelines.find(pipeline, LayeredModel.class);
  }

  /** Empty for a model that knows no classes. */
  public List<String> classes() {
    return classes;
  }

  /** Every stage after preprocessing. */
  public PipelineModel afterPreprocessing() {
    List<Transformer> stages = new ArrayList<>(List.of(pipeline.stages()));
    stages.removeIf(ImagePreprocessor.class::isInstance);
    return Pipelines.of("classify", stages);
  }
}
