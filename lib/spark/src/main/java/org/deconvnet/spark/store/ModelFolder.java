package org.deconvnet.spark.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.ml.HadoopModelFiles;
import org.deconvnet.spark.ml.ImageCrop;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.ml.PixelLabellingModel;
import org.deconvnet.spark.ml.PyramidStage;

/**
 * A model directory: {@code pipeline/}, a Spark ML pipeline from image bytes to features and, where
 * the corpus had classes, to class names; and {@code model.json}, which says what it holds.
 */
public final class ModelFolder {
  private static final int VERSION = 1;
  private static final String METADATA = "model.json";
  private static final String PIPELINE = "pipeline";
  private static final String METRICS = "metrics.json";
  private static final String CONFIGURATION = "configuration";
  private static final String ORIGIN = "origin";
  private static final String PROGRAM = "program";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String path;
  private final PipelineModel pipeline;
  private final List<String> classes;
  private final Map<String, String> origin;

  private ModelFolder(
      String path, PipelineModel pipeline, List<String> classes, Map<String, String> origin) {
    this.path = path;
    this.pipeline = pipeline;
    this.classes = List.copyOf(classes);
    this.origin = Map.copyOf(origin);
  }

  /**
   * @param configuration all that decided the model, as the YAML file that would learn it again
   * @param origin what the filters come from, for people: a corpus or files
   */
  public static void write(
      OutputFolder folder,
      List<Transformer> stages,
      List<String> classes,
      String fingerprint,
      String configuration,
      String origin) {
    try {
      Pipelines.of("deconvnet", stages).write().save(folder.path(PIPELINE));
      var root = JSON.createObjectNode();
      root.put("modelVersion", VERSION);
      root.put("fingerprint", fingerprint);
      var names = root.putArray("classes");
      classes.forEach(names::add);
      root.put(CONFIGURATION, configuration);
      root.put(ORIGIN, origin);
      root.put(PROGRAM, ProgramVersion.text());
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
      if (GeneratorFolder.isGenerator(root)) {
        throw new CorpusException(
            "model %s: expected a network that train wrote, got a generator; generate sample and generate interpolate take it"
                .formatted(path));
      }
      int version = root.path("modelVersion").asInt(-1);
      if (version != VERSION) {
        throw new CorpusException(
            "model %s: expected version %d, got %d; use the release that wrote it, or train again"
                .formatted(path, VERSION, version));
      }
      List<String> classes = new ArrayList<>();
      root.path("classes").forEach(node -> classes.add(node.asText()));
      Map<String, String> origin = new HashMap<>();
      for (String key : List.of(CONFIGURATION, ORIGIN, PROGRAM)) {
        if (root.path(key).isTextual()) {
          origin.put(key, root.path(key).asText());
        }
      }
      return new ModelFolder(path, PipelineModel.load(folder.path(PIPELINE)), classes, origin);
    } catch (IOException e) {
      throw new UncheckedIOException("model %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /**
   * @throws CorpusException if the model labels pixels, or has none
   */
  public ImagePreprocessor preprocessor() {
    requireTrained();
    return require(ImagePreprocessor.class, "train");
  }

  /**
   * @throws CorpusException if the model labels pixels, or has none
   */
  public LayeredModel<?, ?> network() {
    requireTrained();
    return require(LayeredModel.class, "train");
  }

  /** A model that labels pixels may hold a network and its preprocessor, as a part of its own. */
  private void requireTrained() {
    if (Pipelines.find(pipeline, PixelLabellingModel.class) != null) {
      throw new CorpusException(
          "model %s: expected one that 'train' wrote, got one that labels pixels; 'segment predict' takes it"
              .formatted(path));
    }
  }

  /**
   * What labels pixels.
   *
   * @throws CorpusException if the model labels none
   */
  public PixelLabellingModel labelling() {
    return require(PixelLabellingModel.class, "segment train");
  }

  /**
   * What decodes images whose pixels are labelled.
   *
   * @throws CorpusException if the model labels none
   */
  public ImageCrop crop() {
    return require(ImageCrop.class, "segment train");
  }

  private <T> T require(Class<T> stage, String verb) {
    T found = Pipelines.find(pipeline, stage);
    if (found == null) {
      throw new CorpusException(
          "model %s: expected one that '%s' wrote, got one of another command"
              .formatted(path, verb));
    }
    return found;
  }

  /** From decoded images to labels of their pixels. */
  public List<Transformer> afterCropping() {
    List<Transformer> stages = new ArrayList<>(List.of(pipeline.stages()));
    stages.removeIf(ImageCrop.class::isInstance);
    return stages;
  }

  /** Empty for a model that knows no classes. */
  public List<String> classes() {
    return classes;
  }

  /** The YAML file that learns the model again; models of older programs lack it. */
  public Optional<String> configuration() {
    return Optional.ofNullable(origin.get(CONFIGURATION));
  }

  /** What the filters come from; models of older programs do not say. */
  public Optional<String> origin() {
    return Optional.ofNullable(origin.get(ORIGIN));
  }

  /** The program that wrote the model; those of older programs do not say. */
  public Optional<String> program() {
    return Optional.ofNullable(origin.get(PROGRAM));
  }

  /**
   * What the run that made a model counted and measured: its {@code metrics.json}, empty if there
   * is none.
   */
  public static JsonNode metrics(SparkSession spark, String path) {
    OutputFolder folder = OutputFolder.open(spark, path, "model");
    if (!folder.has(METRICS)) {
      return JSON.createObjectNode();
    }
    try {
      return JSON.readTree(folder.read(METRICS));
    } catch (IOException e) {
      throw new UncheckedIOException("model %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Bytes of a model's stages on its file system. */
  public static long bytes(SparkSession spark, String path) {
    return OutputFolder.open(spark, path, "model").bytes(PIPELINE);
  }

  /**
   * The stages from preprocessed images to pyramids; empty for a model that was trained without
   * classes, which has no words.
   */
  public List<Transformer> pyramids() {
    List<Transformer> stages = new ArrayList<>();
    int last = 0;
    for (Transformer stage : afterPreprocessing().stages()) {
      stages.add(stage);
      last = stage instanceof PyramidStage ? stages.size() : last;
    }
    return List.copyOf(stages.subList(0, last));
  }

  /** Every stage after preprocessing. */
  public PipelineModel afterPreprocessing() {
    List<Transformer> stages = new ArrayList<>(List.of(pipeline.stages()));
    stages.removeIf(ImagePreprocessor.class::isInstance);
    return Pipelines.of("classify", stages);
  }
}
