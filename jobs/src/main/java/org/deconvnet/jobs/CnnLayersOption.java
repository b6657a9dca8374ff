package org.deconvnet.jobs;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.OnnxSettings;
import picocli.CommandLine.Option;

/** How images come to an ONNX network, and which of its layers are meant. */
final class CnnLayersOption {
  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "NAME",
      description =
          "Layers of an ONNX network: names of nodes or of what they give, or a part of one between"
              + " slashes or dots; default: the configuration's, else what each rectifier gives.")
  List<String> names = List.of();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration with network.model onnx, for an ONNX network: how images are resized,"
              + " cropped and scaled, and the layers; default: as for ImageNet's networks.")
  String config;

  /**
   * What both options say together.
   *
   * @throws ConfigException if the configuration is of another kind of network
   */
  CnnOptions options(SparkSession spark) {
    CnnOptions given = config == null ? CnnOptions.DEFAULTS : configured(spark);
    return names.isEmpty() ? given : given.withLayers(names);
  }

  private CnnOptions configured(SparkSession spark) {
    ExperimentOptions options = ConfigLoader.load(spark, config);
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
