package org.deconvnet.jobs;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.OnnxSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which layers of a model are meant. */
final class LayersOption {
  private static final Pattern BELOW_ONE = Pattern.compile("-\\d+|0+");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  private List<String> names = List.of();

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "LAYER",
      description =
          "Layers, by their numbers from 1; of an ONNX network also by the name of a node or of what"
              + " it gives, or a part of it between slashes or dots. Default: all; of an ONNX network"
              + " what each rectifier gives.")
  void setNames(List<String> given) {
    for (String name : given) {
      if (BELOW_ONE.matcher(name).matches()) {
        throw new ParameterException(
            verb.commandLine(), "--layers: expected numbers from 1, or names, got " + name);
      }
    }
    names = List.copyOf(given);
  }

  List<String> names() {
    return names;
  }

  /**
   * How images come to an ONNX network, and these layers of it.
   *
   * @param config a configuration whose network is of a file; null: as for ImageNet's networks
   * @throws ConfigException if the configuration is of another kind of network
   */
  CnnOptions options(SparkSession spark, String config) {
    return options(spark, config, names);
  }

  static CnnOptions options(SparkSession spark, String config, List<String> names) {
    CnnOptions given = config == null ? CnnOptions.DEFAULTS : configured(spark, config);
    return names.isEmpty() ? given : given.withLayers(names);
  }

  private static CnnOptions configured(SparkSession spark, String config) {
    ExperimentOptions options = ConfigLoader.load(spark, config);
    if (!options.preprocess().upright()) {
      throw ConfigLoader.refused(
          spark, config, "preprocess.upright", "expected true but for benchmark, got false");
    }
    return options
        .network()
        .as(OnnxSettings.class)
        .orElseThrow(
            () ->
                ConfigLoader.refused(
                    spark,
                    config,
                    "network.model",
                    "expected onnx, whose keys prepare images for the network of a file, got "
                        + options.network().family()))
        .cnn();
  }
}
