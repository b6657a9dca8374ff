package org.deconvnet.operator.cnn;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/** The sizes that a convolution's operands have, checked once; and the operands, checked by it. */
record ConvolutionSize(Geometry geometry, Shape input, Shape output, int weights) {
  static ConvolutionSize of(Geometry geometry, Shape input, int maps) {
    return new ConvolutionSize(
        geometry, input, geometry.output(input, maps), geometry.weights(input.maps(), maps));
  }

  int maps() {
    return output.maps();
  }

  int channels() {
    return input.maps();
  }

  /** Channels that a map sees. */
  int groupChannels() {
    return geometry.groupChannels(input.maps());
  }

  /** The first channel that a map sees. */
  int firstChannel(int map) {
    return map / geometry.groupMaps(maps()) * groupChannels();
  }

  /** Where a filter's plane starts among the weights. */
  int plane(int map, int groupChannel) {
    return (map * groupChannels() + groupChannel) * geometry.area();
  }

  void require(FeatureMaps x, FeatureMaps y) {
    Checks.sameShape("convolution: input", input, x.shape());
    Checks.sameShape("convolution: output", output, y.shape());
  }

  void require(float[] filters) {
    Checks.equal("convolution: weights", weights, filters.length);
  }
}
