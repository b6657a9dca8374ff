package org.deconvnet.spark.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.gradient.WeightsFormat;
import org.deconvnet.network.gradient.adversarial.AdversarialOptions;
import org.deconvnet.network.gradient.adversarial.AdversarialWeights;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.ml.HadoopModelFiles;
import org.deconvnet.tensor.UserErrorException;

/**
 * A model directory of two networks that were trained in turns: {@code model.json} says what it
 * holds and where that is from; their numbers are NPY files; {@code generator.onnx} and {@code
 * discriminator.onnx} hold the same for other programs.
 *
 * @param origin the corpus, for people
 */
public record GeneratorFolder(
    AdversarialOptions options, AdversarialWeights weights, String origin) {
  private static final int VERSION = 1;
  private static final String METADATA = "model.json";
  private static final String KIND = "kind";
  private static final String GENERATOR = "generator";
  private static final String DISCRIMINATOR = "discriminator";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param configuration all that decided the model, as the YAML file that would train it again
   */
  public void write(SparkSession spark, OutputFolder folder, String configuration) {
    try {
      HadoopModelFiles files = new HadoopModelFiles(spark, folder.path());
      WeightsFormat.write(weights.generator(), GENERATOR, files);
      WeightsFormat.write(weights.discriminator(), DISCRIMINATOR, files);
      onnx(folder, GENERATOR, OnnxNetworkFormat.of(weights.generator(), GENERATOR));
      onnx(folder, DISCRIMINATOR, OnnxNetworkFormat.of(weights.discriminator(), DISCRIMINATOR));
      ObjectNode root = JSON.createObjectNode();
      root.put("modelVersion", VERSION);
      root.put(KIND, GENERATOR);
      root.put("fingerprint", weights.fingerprint());
      root.set("options", JSON.valueToTree(options));
      root.put("configuration", configuration);
      root.put("origin", origin);
      root.put("program", ProgramVersion.text());
      folder.write(METADATA, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    } catch (IOException e) {
      throw new UncheckedIOException("model %s: %s".formatted(folder.path(), e.getMessage()), e);
    }
  }

  private static void onnx(OutputFolder folder, String name, byte[] model) throws IOException {
    try (OutputStream out = folder.create(name + ".onnx")) {
      out.write(model);
    }
  }

  /**
   * @throws CorpusException if the folder holds no complete model, or one of another kind
   */
  public static GeneratorFolder read(SparkSession spark, String path) {
    OutputFolder.open(spark, path, "model");
    try {
      HadoopModelFiles files = new HadoopModelFiles(spark, path);
      JsonNode root = metadata(files, path);
      AdversarialOptions options = options(root, path);
      AdversarialWeights weights =
          new AdversarialWeights(
              WeightsFormat.read(options.generator(), GENERATOR, files),
              WeightsFormat.read(options.discriminator(), DISCRIMINATOR, files));
      String expected = root.path("fingerprint").asText();
      if (!weights.fingerprint().equals(expected)) {
        throw new CorpusException(
            "model %s: expected fingerprint %s, got %s: the model is damaged, copy or train it again"
                .formatted(path, expected, weights.fingerprint()));
      }
      return new GeneratorFolder(options, weights, root.path("origin").asText());
    } catch (IOException e) {
      throw new UncheckedIOException("model %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static JsonNode metadata(HadoopModelFiles files, String path) throws IOException {
    JsonNode root;
    try (InputStream in = files.open(METADATA)) {
      root = JSON.readTree(in);
    }
    if (!isGenerator(root)) {
      throw new CorpusException(
          "model %s: expected a generator, which generate train writes, got a network of another kind"
              .formatted(path));
    }
    int version = root.path("modelVersion").asInt(-1);
    if (version != VERSION) {
      throw new CorpusException(
          "model %s: expected version %d, got %d; use the release that wrote it, or train again"
              .formatted(path, VERSION, version));
    }
    return root;
  }

  /** Whether a model's metadata are of such a model. */
  static boolean isGenerator(JsonNode metadata) {
    return metadata.path(KIND).asText().equals(GENERATOR);
  }

  private static AdversarialOptions options(JsonNode root, String path)
      throws JsonProcessingException {
    try {
      return JSON.treeToValue(root.path("options"), AdversarialOptions.class);
    } catch (JsonProcessingException | UserErrorException e) {
      throw new CorpusException(
          "model %s: expected the options of a generator in %s, got %s: it is damaged, copy or train it again"
              .formatted(path, METADATA, root.path("options")));
    }
  }
}
