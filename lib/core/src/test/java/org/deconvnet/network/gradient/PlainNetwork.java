package org.deconvnet.network.gradient;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deconvnet.network.gradient.plan.Add;
import org.deconvnet.network.gradient.plan.Convolve;
import org.deconvnet.network.gradient.plan.ConvolveTransposed;
import org.deconvnet.network.gradient.plan.Fit;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.plan.Node;
import org.deconvnet.network.gradient.plan.NormalizeGroup;
import org.deconvnet.network.gradient.plan.Operation;
import org.deconvnet.network.gradient.plan.Part;
import org.deconvnet.network.gradient.plan.PoolMaximum;
import org.deconvnet.network.gradient.plan.Rectify;
import org.deconvnet.network.gradient.plan.Squash;
import org.deconvnet.network.gradient.plan.Trim;
import org.deconvnet.operator.cnn.AxisGeometry;
import org.deconvnet.operator.cnn.Geometry;
import org.deconvnet.tensor.Shape;

/**
 * The forward pass of a group as its formulas say it, in double precision: the oracle. It has no
 * backward pass: its gradients are central differences.
 */
final class PlainNetwork {
  private final NetworkPlan plan;
  private final int images;

  PlainNetwork(NetworkPlan plan, int images) {
    this.plan = plan;
    this.images = images;
  }

  /** Numbers of a group, (map, image, row, column). */
  private final class Values {
    final Shape shape;
    final double[] data;

    Values(Shape shape) {
      this.shape = shape;
      data = new double[shape.size() * images];
    }

    int at(int map, int image, int row, int column) {
      return ((map * images + image) * shape.height() + row) * shape.width() + column;
    }

    double get(int map, int image, int row, int column) {
      boolean inside = row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
      return inside ? data[at(map, image, row, column)] : 0;
    }

    void add(int map, int image, int row, int column, double term) {
      if (row >= 0 && row < shape.height() && column >= 0 && column < shape.width()) {
        data[at(map, image, row, column)] += term;
      }
    }
  }

  private interface Place {
    double at(int map, int image, int row, int column);
  }

  /** The output, as training has it. */
  double[] output(double[] parameters, double[] input) {
    Map<String, Shape> shapes = plan.shapes();
    Map<String, Values> values = new LinkedHashMap<>();
    Values image = new Values(plan.input());
    System.arraycopy(input, 0, image.data, 0, input.length);
    values.put(NetworkPlan.INPUT, image);
    Values last = image;
    for (Node node : plan.nodes()) {
      List<Values> in = node.inputs().stream().map(values::get).toList();
      last = new Values(shapes.get(node.name()));
      values.put(node.name(), last);
      double[][] parts =
          plan.parameters().of(node.name()).stream()
              .map(part -> numbers(part, parameters))
              .toArray(double[][]::new);
      evaluate(node.operation(), parts, in, last);
    }
    return last.data;
  }

  private static double[] numbers(Part part, double[] all) {
    return Arrays.copyOfRange(all, part.offset(), part.end());
  }

  private void evaluate(Operation operation, double[][] parts, List<Values> in, Values out) {
    Values x = in.get(0);
    if (operation instanceof Convolve o) {
      double[] bias = o.bias() ? parts[1] : new double[o.maps()];
      fill(out, (k, n, row, column) -> bias[k]);
      taps(
          o.geometry(),
          x,
          out,
          (w, c, k, n, iy, ix, y, q) -> out.add(k, n, y, q, parts[0][w] * x.get(c, n, iy, ix)));
    } else if (operation instanceof ConvolveTransposed o) {
      double[] bias = o.bias() ? parts[1] : new double[o.channels()];
      fill(out, (c, n, row, column) -> bias[c]);
      taps(
          o.geometry(),
          out,
          x,
          (w, c, k, n, iy, ix, y, q) -> out.add(c, n, iy, ix, parts[0][w] * x.get(k, n, y, q)));
    } else if (operation instanceof NormalizeGroup o) {
      normalize(o, parts, x, out);
    } else if (operation instanceof Rectify o) {
      fill(
          out,
          (k, n, row, column) -> {
            double value = x.get(k, n, row, column);
            return value > 0 ? value : o.slope() * value;
          });
    } else if (operation instanceof Squash) {
      fill(out, (k, n, row, column) -> Math.tanh(x.get(k, n, row, column)));
    } else if (operation instanceof PoolMaximum o) {
      pool(o, x, out);
    } else if (operation instanceof Add) {
      fill(
          out, (k, n, row, column) -> in.stream().mapToDouble(v -> v.get(k, n, row, column)).sum());
    } else if (operation instanceof Fit) {
      int down = fitted(x.shape.height(), out.shape.height());
      int across = fitted(x.shape.width(), out.shape.width());
      fill(out, (k, n, row, column) -> x.get(k, n, row + down, column + across));
    } else if (operation instanceof Trim) {
      fill(out, x::get);
    }
  }

  /** Where the output's first position lies in the input; below 0 where it is larger. */
  private static int fitted(int from, int to) {
    return from >= to ? (from - to) / 2 : -((to - from) / 2);
  }

  private void fill(Values out, Place place) {
    for (int k = 0; k < out.shape.maps(); k++) {
      for (int n = 0; n < images; n++) {
        for (int row = 0; row < out.shape.height(); row++) {
          for (int column = 0; column < out.shape.width(); column++) {
            out.data[out.at(k, n, row, column)] = place.at(k, n, row, column);
          }
        }
      }
    }
  }

  private interface Tap {
    void at(int weight, int c, int k, int n, int iy, int ix, int y, int q);
  }

  /** Every product of the trilinear form of a convolution from x to y. */
  private void taps(Geometry geometry, Values x, Values y, Tap tap) {
    AxisGeometry rows = geometry.rows();
    AxisGeometry columns = geometry.columns();
    for (int k = 0; k < y.shape.maps(); k++) {
      for (int c = 0; c < x.shape.maps(); c++) {
        for (int i = 0; i < rows.taps(); i++) {
          for (int j = 0; j < columns.taps(); j++) {
            int w = ((k * x.shape.maps() + c) * rows.taps() + i) * columns.taps() + j;
            for (int n = 0; n < images; n++) {
              for (int row = 0; row < y.shape.height(); row++) {
                for (int q = 0; q < y.shape.width(); q++) {
                  int iy = rows.stride() * row + rows.dilation() * i - rows.before();
                  int ix = columns.stride() * q + columns.dilation() * j - columns.before();
                  tap.at(w, c, k, n, iy, ix, row, q);
                }
              }
            }
          }
        }
      }
    }
  }

  private void normalize(NormalizeGroup o, double[][] parts, Values x, Values out) {
    int plane = images * x.shape.plane();
    for (int k = 0; k < x.shape.maps(); k++) {
      double[] map = Arrays.copyOfRange(x.data, k * plane, (k + 1) * plane);
      double mean = Arrays.stream(map).average().orElseThrow();
      double variance =
          Arrays.stream(map).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      for (int i = 0; i < plane; i++) {
        double normal = (map[i] - mean) / Math.sqrt(variance + o.epsilon());
        out.data[k * plane + i] = parts[0][k] * normal + parts[1][k];
      }
    }
  }

  private void pool(PoolMaximum o, Values x, Values out) {
    AxisGeometry rows = o.windows().rows();
    AxisGeometry columns = o.windows().columns();
    fill(
        out,
        (k, n, row, column) -> {
          double largest = Double.NEGATIVE_INFINITY;
          for (int i = 0; i < rows.taps(); i++) {
            for (int j = 0; j < columns.taps(); j++) {
              int y = rows.stride() * row + i - rows.before();
              int q = columns.stride() * column + j - columns.before();
              boolean inside = y >= 0 && y < x.shape.height() && q >= 0 && q < x.shape.width();
              largest = inside ? Math.max(largest, x.get(k, n, y, q)) : largest;
            }
          }
          return largest;
        });
  }
}
