package org.deconvnet.spark.store;

import java.util.List;
import org.deconvnet.tensor.FilterBank;

/**
 * Filters as an ONNX model of one ConvTranspose: from a layer's maps z, (n, maps, rows + s − 1,
 * columns + s − 1), to what they reconstruct, (n, channels, rows, columns).
 */
public final class OnnxFormat {
  private static final String MAPS = "maps";
  private static final String FILTERS = "filters";
  private static final String RECONSTRUCTION = "reconstruction";

  private OnnxFormat() {}

  /**
   * The model.
   *
   * @param name of the graph
   */
  public static byte[] of(FilterBank filters, String name) {
    int side = filters.side();
    List<Integer> axes = List.of(filters.maps(), filters.channels(), side, side);
    return OnnxMessages.model(
        OnnxMessages.graph(
            name,
            List.of(convTranspose(side)),
            List.of(OnnxMessages.tensor(FILTERS, filters.data(), axes)),
            OnnxMessages.value(MAPS, List.of(filters.maps(), "map_rows", "map_columns")),
            OnnxMessages.value(RECONSTRUCTION, List.of(filters.channels(), "rows", "columns"))));
  }

  /** Padding cuts off what only a part of a filter reaches. */
  private static byte[] convTranspose(int side) {
    return OnnxMessages.node(
        "ConvTranspose",
        "synthesis",
        List.of(MAPS, FILTERS),
        RECONSTRUCTION,
        List.of(
            OnnxMessages.integers("kernel_shape", side, side),
            OnnxMessages.integers("pads", side - 1, side - 1, side - 1, side - 1)));
  }
}
