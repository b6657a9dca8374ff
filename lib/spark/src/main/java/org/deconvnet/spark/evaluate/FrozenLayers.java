package org.deconvnet.spark.evaluate;

import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.label.HeadOptions;
import org.deconvnet.network.cnn.CnnFormat;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.ml.InvalidRowParams;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.ml.OnnxNetwork;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * Stages from decoded images to the maps of another network's layers, which stay as they are.
 *
 * @param stages take the column {@code image}
 * @param columns of the layers that a head scores, in its order
 * @param fingerprint of the network; empty where there is none
 */
public record FrozenLayers(List<Transformer> stages, List<String> columns, String fingerprint) {
  private static final String PREPARED = "prepared";

  public FrozenLayers {
    stages = List.copyOf(stages);
    columns = List.copyOf(columns);
  }

  /** No network: what a head without layers needs. */
  public static FrozenLayers none() {
    return new FrozenLayers(List.of(), List.of(), "");
  }

  /**
   * @param network a folder that {@code train} wrote, or an ONNX file
   * @param image (C, H, W) of decoded images
   * @throws UserErrorException if the network has no such layer, or takes images of another shape
   */
  public static FrozenLayers of(SparkSession spark, String network, HeadOptions head, Shape image) {
    return CnnFormat.isNetwork(network)
        ? ofFile(spark, network, head, image)
        : ofModel(spark, network, head);
  }

  private static FrozenLayers ofModel(SparkSession spark, String folder, HeadOptions head) {
    ModelFolder model = ModelFolder.read(spark, folder);
    LayeredModel<?, ?> layers = model.network();
    requireLayers(folder, layers.network().depth(), head);
    ImagePreprocessor preprocessor =
        model
            .preprocessor()
            .setInputCol("image")
            .setOutputCol(PREPARED)
            .setPlainCol("")
            .setHandleInvalid(InvalidRowParams.ERROR);
    LayeredModel<?, ?> lowest = layers.upTo(highest(head));
    lowest.setInputCol(PREPARED);
    return new FrozenLayers(
        List.of(preprocessor, lowest), columns(head), layers.network().fingerprint());
  }

  private static FrozenLayers ofFile(
      SparkSession spark, String file, HeadOptions head, Shape image) {
    OnnxNetwork network = OnnxNetwork.of(spark, file, CnnOptions.DEFAULTS);
    Shape wanted = network.network().imageShape();
    if (!wanted.equals(image)) {
      throw new UserErrorException(
          "network %s: expected images of %s, maps by height by width, as it takes them, got %s; segment.rows and segment.columns say height and width"
              .formatted(file, wanted, image));
    }
    requireLayers(file, network.network().depth(), head);
    return new FrozenLayers(List.of(network), columns(head), network.network().fingerprint());
  }

  private static void requireLayers(String network, int depth, HeadOptions head) {
    if (highest(head) > depth) {
      throw new UserErrorException(
          "segment.head.layers: expected layers from 1 to %d, which %s has, got %s"
              .formatted(depth, network, head.layers()));
    }
  }

  private static int highest(HeadOptions head) {
    return head.layers().get(head.layers().size() - 1);
  }

  private static List<String> columns(HeadOptions head) {
    return head.layers().stream().map(LayeredModel::layerColumn).toList();
  }
}
