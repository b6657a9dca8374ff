package org.deconvnet.spark.config;

import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.cnn.CnnFormat;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.spark.ml.OnnxNetwork;
import org.deconvnet.tensor.UserErrorException;

/**
 * A convolutional network that was learned elsewhere, of an ONNX file.
 *
 * @param engine of what is computed from its layers: auto, vector or scalar; ONNX Runtime runs the
 *     network itself
 * @param file its path, on any file system that Hadoop knows
 * @param cnn how images come to it, and its layers
 */
public record OnnxSettings(String engine, String file, CnnOptions cnn) implements NetworkSettings {
  static final String MODEL = "onnx";

  /** Of no file yet: {@link #requireFit} wants one. */
  static final OnnxSettings DEFAULTS =
      new OnnxSettings(ConvolutionEngines.AUTO, "", CnnOptions.DEFAULTS);

  public OnnxSettings {
    ConvolutionEngines.requireName(engine);
  }

  @Override
  public OnnxSettings withEngine(String other) {
    return new OnnxSettings(other, file, cnn);
  }

  @Override
  public String family() {
    return MODEL;
  }

  @Override
  public LearnedSettings learned() {
    throw new UserErrorException(
        "network.model: expected a network to be learned, adn, dn, csc or patches, got onnx: the one in %s is learned already"
            .formatted(file));
  }

  /** Layers that are not named follow from the file. */
  @Override
  public OptionalInt knownDepth() {
    int named = cnn.layers().size();
    return named == 0 ? OptionalInt.empty() : OptionalInt.of(named);
  }

  /** Its own keys prepare images, but for {@code preprocess.upright}. */
  @Override
  public void requireFit(PreprocessOptions preprocess) {
    if (file.isEmpty()) {
      throw new UserErrorException(
          "network: expected a key file, the path of an ONNX file, where model is onnx, got none");
    }
    if (!CnnFormat.isNetwork(file)) {
      throw new UserErrorException(
          "network.file: expected the path of an ONNX file, *.onnx, got '%s'".formatted(file));
    }
    PreprocessOptions unchanged = PreprocessOptions.DEFAULTS.withUpright(preprocess.upright());
    if (!preprocess.equals(unchanged)) {
      throw new UserErrorException(
          "preprocess: expected no key but upright where network.model is onnx, got others; resize, crop, mean, deviation, order and range of network prepare its images");
    }
  }

  @Override
  public boolean keepsPlainImages() {
    return false;
  }

  @Override
  public boolean describesActivations() {
    return false;
  }

  /**
   * Reads the network.
   *
   * @throws UserErrorException if the file is missing or damaged, or these keys do not fit it
   */
  public OnnxNetwork read(SparkSession spark) {
    return OnnxNetwork.of(spark, file, cnn);
  }
}
