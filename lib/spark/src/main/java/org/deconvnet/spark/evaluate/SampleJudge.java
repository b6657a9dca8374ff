package org.deconvnet.spark.evaluate;

import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.network.gradient.adversarial.FeatureDistance;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.BreezeEigensolver;
import org.deconvnet.spark.ml.OnnxNetwork;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * Compares sets of images in the features of a network that was learned elsewhere: the mean of each
 * map of one layer. Images come to it as they are, resized to its input. Not thread-safe.
 */
public final class SampleJudge {
  private final OnnxNetwork stage;
  private final String layer;

  private SampleJudge(OnnxNetwork stage, String layer) {
    this.stage = stage;
    this.layer = layer;
  }

  /**
   * Judges by the last rectifier of maps.
   *
   * @param file an ONNX network
   * @throws UserErrorException if the file holds no network that can be run, or its layer has more
   *     maps than distances are measured in
   */
  public static SampleJudge of(SparkSession spark, String file) {
    CnnNetwork all = OnnxNetwork.of(spark, file, CnnOptions.DEFAULTS).network();
    String layer = all.nodeName(all.depth());
    OnnxNetwork stage = OnnxNetwork.of(spark, file, CnnOptions.DEFAULTS.withLayers(List.of(layer)));
    int maps = stage.network().shape(1).maps();
    if (maps > FeatureDistance.MOST_FEATURES) {
      throw new UserErrorException(
          "judge %s: expected at most %d maps in its last layer, %s, got %d"
              .formatted(file, FeatureDistance.MOST_FEATURES, layer, maps));
    }
    return new SampleJudge(stage, layer);
  }

  /** The layer whose maps are features. */
  public String layer() {
    return layer;
  }

  /**
   * The features of each image, by path.
   *
   * @param images columns path and image, in [0, 1]
   */
  public List<float[]> features(Dataset<Row> images) {
    Dataset<Row> cropped =
        stage
            .crop()
            .setInputCol("image")
            .setOutputCol("judged")
            .transform(images.select("path", "image"));
    OnnxNetwork network = stage.copy(org.apache.spark.ml.param.ParamMap.empty());
    return network
        .setInputCol("judged")
        .transform(cropped)
        .select("path", "layer1")
        .toJavaRDD()
        .map(row -> new Features(row.getString(0), means(row.getStruct(1))))
        .collect()
        .stream()
        .sorted(Comparator.comparing(Features::path))
        .map(Features::numbers)
        .toList();
  }

  private record Features(String path, float[] numbers) implements java.io.Serializable {}

  private static float[] means(Row row) {
    FeatureMaps maps = FeatureMapsColumn.fromRow(row);
    float[] means = new float[maps.maps()];
    int plane = maps.shape().plane();
    for (int map = 0; map < means.length; map++) {
      double sum = 0;
      for (int i = map * plane; i < (map + 1) * plane; i++) {
        sum += maps.data()[i];
      }
      means[map] = (float) (sum / plane);
    }
    return means;
  }

  /** Between two sets of features. */
  public FeatureDistance distance(List<float[]> a, List<float[]> b) {
    return FeatureDistance.of(a, b, new BreezeEigensolver());
  }
}
