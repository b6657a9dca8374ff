package org.deconvnet.network.cnn;

import java.util.List;
import java.util.stream.IntStream;
import org.deconvnet.engine.ConvolutionEngine;

/**
 * How a node's output goes down: to which of its inputs, and by what.
 *
 * @param inputs that carry the image; the others are constants or sizes
 */
record WayDown(List<Integer> inputs, Maker maker) {
  /** Makes the operator for a thread's own engine. */
  interface Maker {
    Downward with(ConvolutionEngine engine, RectifierRule rule);
  }

  /** To the first input alone. */
  static WayDown toFirst(Maker maker) {
    return new WayDown(List.of(0), maker);
  }

  /** To each of so many inputs. */
  static WayDown toEach(int inputs, Maker maker) {
    return new WayDown(IntStream.range(0, inputs).boxed().toList(), maker);
  }
}
