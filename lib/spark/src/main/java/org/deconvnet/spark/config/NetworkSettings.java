package org.deconvnet.spark.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.tensor.UserErrorException;

/**
 * The network of a run, as its configuration says it: one that the run learns, or one of a file.
 * {@code model} names the kind.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "model")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AdaptiveSettings.class, name = "adn"),
  @JsonSubTypes.Type(value = DeconvolutionalSettings.class, name = "dn"),
  @JsonSubTypes.Type(value = CscSettings.class, name = "csc"),
  @JsonSubTypes.Type(value = PatchesSettings.class, name = "patches"),
  @JsonSubTypes.Type(value = OnnxSettings.class, name = OnnxSettings.MODEL)
})
public sealed interface NetworkSettings extends Serializable permits LearnedSettings, OnnxSettings {
  /** auto, vector or scalar. */
  String engine();

  /** The same network on another engine. */
  NetworkSettings withEngine(String engine);

  /** The family's short name, which {@code model} is in a file. */
  String family();

  /**
   * These settings, of a network that is to be learned.
   *
   * @throws UserErrorException if it is one of a file, which is learned already
   */
  LearnedSettings learned();

  /** Number of layers; empty where only the network's file tells it. */
  OptionalInt knownDepth();

  /** Rows and columns by which layer 1's maps are smaller than an image. */
  default int mapsLack() {
    return 0;
  }

  /**
   * Refuses what does not go together: keys of the network with each other or with how images are
   * prepared.
   *
   * @throws IllegalArgumentException naming the key
   */
  void requireFit(PreprocessOptions preprocess);

  /** Whether the grey image as it is, which {@code sift} describes, is there as well. */
  default boolean keepsPlainImages() {
    return true;
  }

  /** Whether single activations of its layers can be described on their own. */
  boolean describesActivations();

  /** These settings, for what only one family can do; empty if they are of another. */
  default <S extends NetworkSettings> Optional<S> as(Class<S> kind) {
    return kind.isInstance(this) ? Optional.of(kind.cast(this)) : Optional.empty();
  }
}
