package org.deconvnet.network.cnn;

import org.deconvnet.operator.cnn.AxisGeometry;
import org.deconvnet.operator.cnn.Convolution;
import org.deconvnet.operator.cnn.Geometry;
import org.deconvnet.tensor.Shape;

/** Ways down through convolutions and matrix products, both with constant weights. */
final class ConvolutionWays {
  private static final Geometry POINT = Geometry.square(AxisGeometry.of(1));

  private ConvolutionWays() {}

  static WayDown convolution(CnnNode node, CnnGraph graph) {
    Shape below = graph.requireShape(node.input(0));
    Shape above = graph.requireShape(node.output());
    ConstantTensor filters = filters(node, graph);
    Geometry geometry = OnnxGeometry.of(node, taps(filters), below);
    requireShape(geometry.output(below, above.maps()), above);
    return WayDown.toFirst(
        (engine, rule) -> {
          Convolution convolution = Convolution.of(engine, geometry, below, above.maps());
          convolution.setWeights(filters.data());
          return new Transposed(
              convolution, field -> Fields.under(geometry.rows(), geometry.columns(), field));
        });
  }

  static WayDown transposed(CnnNode node, CnnGraph graph) {
    Shape below = graph.requireShape(node.input(0));
    Shape above = graph.requireShape(node.output());
    ConstantTensor filters = filters(node, graph);
    if (node.attributes().integers().containsKey("output_shape")) {
      throw new NoRuleException("expected its padding to be given, got output_shape");
    }
    Geometry geometry = OnnxGeometry.of(node, taps(filters), above);
    requireShape(geometry.output(above, below.maps()), below);
    return WayDown.toFirst(
        (engine, rule) -> {
          Convolution convolution = Convolution.of(engine, geometry, above, below.maps());
          convolution.setWeights(filters.data());
          return new TransposedTwice(convolution, geometry);
        });
  }

  private static ConstantTensor filters(CnnNode node, CnnGraph graph) {
    ConstantTensor filters = graph.requireConstant(node, 1);
    if (filters.rank() != 4) {
      throw new NoRuleException(
          "expected filters of rows and columns, got %d axes".formatted(filters.rank() - 2));
    }
    return filters;
  }

  private static int[] taps(ConstantTensor filters) {
    return new int[] {filters.dimensions()[2], filters.dimensions()[3]};
  }

  private static void requireShape(Shape expected, Shape got) {
    if (!expected.equals(got)) {
      throw new NoRuleException(
          "expected maps of %s by its attributes, got %s".formatted(expected, got));
    }
  }

  /** {@code y = α x Bᵀ + …}, B (outputs, inputs), or {@code α x B} with B (inputs, outputs). */
  static WayDown gemm(CnnNode node, CnnGraph graph) {
    Attributes attributes = node.attributes();
    if (attributes.integer("transA", 0) != 0) {
      throw new NoRuleException("expected transA 0, since rows are images");
    }
    boolean byOutput = attributes.integer("transB", 0) != 0;
    return product(node, graph, byOutput, attributes.number("alpha", 1));
  }

  static WayDown product(CnnNode node, CnnGraph graph) {
    return product(node, graph, false, 1);
  }

  private static WayDown product(CnnNode node, CnnGraph graph, boolean byOutput, float alpha) {
    Shape below = graph.requireShape(node.input(0));
    Shape above = graph.requireShape(node.output());
    ConstantTensor matrix = graph.requireConstant(node, 1);
    if (below.plane() != 1 || matrix.rank() != 2 || matrix.size() != below.maps() * above.maps()) {
      throw new NoRuleException("expected a vector times a matrix");
    }
    return WayDown.toFirst(
        (engine, rule) -> {
          Convolution connection = Convolution.of(engine, POINT, below, above.maps());
          connection.setWeights(rows(matrix, byOutput, alpha));
          return new Transposed(connection, field -> Fields.whole(below));
        });
  }

  /** (outputs, inputs). */
  private static float[] rows(ConstantTensor matrix, boolean byOutput, float alpha) {
    int columns = matrix.dimensions()[1];
    int rows = matrix.dimensions()[0];
    float[] given = matrix.data();
    float[] weights = new float[given.length];
    for (int i = 0; i < weights.length; i++) {
      int to = byOutput ? i : i % columns * rows + i / columns;
      weights[to] = alpha * given[i];
    }
    return weights;
  }
}
