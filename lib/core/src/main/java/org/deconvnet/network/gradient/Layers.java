package org.deconvnet.network.gradient;

import java.util.List;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.network.gradient.plan.Add;
import org.deconvnet.network.gradient.plan.Convolve;
import org.deconvnet.network.gradient.plan.ConvolveTransposed;
import org.deconvnet.network.gradient.plan.Fit;
import org.deconvnet.network.gradient.plan.Layout;
import org.deconvnet.network.gradient.plan.Node;
import org.deconvnet.network.gradient.plan.NormalizeGroup;
import org.deconvnet.network.gradient.plan.Operation;
import org.deconvnet.network.gradient.plan.PoolMaximum;
import org.deconvnet.network.gradient.plan.Rectify;
import org.deconvnet.network.gradient.plan.Squash;
import org.deconvnet.network.gradient.plan.Trim;
import org.deconvnet.operator.cnn.Convolution;
import org.deconvnet.operator.cnn.Geometry;
import org.deconvnet.operator.cnn.MatrixConvolution;

/** Makes the layer that works for one that is described. */
record Layers(ArrayKernels kernels, Layout parameters, Layout statistics) {
  Layer layer(Node node, List<Signal> in, Signal out) {
    Operation operation = node.operation();
    Signal first = in.get(0);
    if (operation instanceof Convolve o) {
      Convolution convolution = convolution(o.geometry(), first, out);
      return new ConvolutionLayer(convolution, false, parameters.of(node.name()), first, out);
    }
    if (operation instanceof ConvolveTransposed o) {
      Convolution convolution = convolution(o.geometry(), out, first);
      return new ConvolutionLayer(convolution, true, parameters.of(node.name()), first, out);
    }
    if (operation instanceof NormalizeGroup o) {
      return new NormalizationLayer(
          o.epsilon(), parameters.of(node.name()), statistics.of(node.name()), first, out);
    }
    return withoutParameters(operation, in, out);
  }

  /**
   * @param image what lies on the side of the image
   * @param maps what lies on the side of the maps
   */
  private Convolution convolution(Geometry geometry, Signal image, Signal maps) {
    GroupMaps x = image.value();
    int k = maps.value().image().maps();
    return new MatrixConvolution(kernels, geometry, x.image(), k, x.images());
  }

  private static Layer withoutParameters(Operation operation, List<Signal> in, Signal out) {
    Signal first = in.get(0);
    if (operation instanceof Rectify o) {
      return new RectifierLayer(o.slope(), first, out);
    }
    if (operation instanceof Squash) {
      return new TanhLayer(first, out);
    }
    if (operation instanceof PoolMaximum o) {
      return new MaximumLayer(o.windows(), first, out);
    }
    if (operation instanceof Add) {
      return new SumLayer(in, out);
    }
    if (operation instanceof Fit) {
      return new FitLayer(first, in.get(1), out);
    }
    if (operation instanceof Trim) {
      return new TrimLayer(first, out);
    }
    throw new IllegalArgumentException("network: no layer for " + operation);
  }
}
