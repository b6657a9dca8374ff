package org.deconvnet.spark.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.Vocabulary;
import org.deconvnet.tensor.Shape;

/**
 * How well each layer of a network tells classes apart, alone: the table of "features of each layer
 * under a linear classifier" (Zeiler and Fergus, ECCV 2014).
 *
 * @param layers a kernel of a layer each, in the order of the configuration
 */
record LayerRates(List<Layer> layers) {
  static final List<String> COLUMNS =
      List.of("layer", "name", "maps × rows × columns", "kernel", "mean of the classes' rates");

  /**
   * A kernel of one layer.
   *
   * @param rate in words
   */
  private record Layer(int number, String name, Shape shape, String kernel, String rate) {
    String size() {
      return "%d × %d × %d".formatted(shape.maps(), shape.height(), shape.width());
    }
  }

  /**
   * @param rate of a combination of kernels, by its name
   */
  static LayerRates of(CnnNetwork network, ExperimentOptions options, UnaryOperator<String> rate) {
    List<Layer> layers = new ArrayList<>();
    for (Vocabulary vocabulary : options.features().vocabularies()) {
      for (String kernel : vocabulary.kernels()) {
        if (options.classifier().combinations().contains(Map.of(kernel, 1.0))) {
          int number = vocabulary.layer();
          layers.add(
              new Layer(
                  number,
                  network.nodeName(number),
                  network.shape(number),
                  kernel,
                  rate.apply(kernel)));
        }
      }
    }
    return new LayerRates(List.copyOf(layers));
  }

  List<List<String>> rows() {
    return layers.stream()
        .map(
            layer ->
                List.of(
                    Integer.toString(layer.number),
                    layer.name,
                    layer.size(),
                    layer.kernel,
                    layer.rate))
        .toList();
  }

  /** For {@code metrics.json}, which has the rates by kernel already. */
  List<Map<String, Object>> facts() {
    List<Map<String, Object>> facts = new ArrayList<>();
    for (Layer layer : layers) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("layer", layer.number);
      one.put("name", layer.name);
      one.put("shape", List.of(layer.shape.maps(), layer.shape.height(), layer.shape.width()));
      one.put("kernel", layer.kernel);
      facts.add(one);
    }
    return facts;
  }
}
