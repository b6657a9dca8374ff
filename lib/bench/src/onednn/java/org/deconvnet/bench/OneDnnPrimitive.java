package org.deconvnet.bench;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.dnnl.stream;

/**
 * One pass of a convolution with its operands, which it holds in the formats that oneDNN chose for
 * it. Runs on the thread that made it only: oneDNN keeps scratch memory a thread, and a primitive
 * that runs on another one reads a null pointer.
 */
final class OneDnnPrimitive {
  private final Thread owner = Thread.currentThread();
  private final stream queue = new stream(OneDnnArray.CPU);
  private final IntMemoryMap operands = new IntMemoryMap();
  private final String name;
  private final primitive pass;
  private OneDnnArray output;

  private OneDnnPrimitive(String name, primitive_desc description, primitive pass) {
    this.name = name + ", " + description.impl_info_str().getString();
    this.pass = pass;
  }

  /** dst from src and weights, arrays in the axis order of the geometry. */
  static OneDnnPrimitive forward(OneDnnGeometry g, float[] source, float[] weights) {
    convolution_forward.primitive_desc d = g.forward();
    OneDnnPrimitive p = new OneDnnPrimitive("forward", d, new convolution_forward(d));
    p.read(DNNL_ARG_SRC, d.src_desc(), g.source(), source);
    p.read(DNNL_ARG_WEIGHTS, d.weights_desc(), g.weights(), weights);
    p.write(DNNL_ARG_DST, d.dst_desc(), g.destination());
    return p;
  }

  /** src from dst and weights: the adjoint of {@link #forward} in src. */
  static OneDnnPrimitive backwardData(OneDnnGeometry g, float[] destination, float[] weights) {
    convolution_backward_data.primitive_desc d = g.backwardData();
    OneDnnPrimitive p = new OneDnnPrimitive("backward data", d, new convolution_backward_data(d));
    p.read(DNNL_ARG_DIFF_DST, d.diff_dst_desc(), g.destination(), destination);
    p.read(DNNL_ARG_WEIGHTS, d.weights_desc(), g.weights(), weights);
    p.write(DNNL_ARG_DIFF_SRC, d.diff_src_desc(), g.source());
    return p;
  }

  /** weights from src and dst: the adjoint of {@link #forward} in the weights. */
  static OneDnnPrimitive backwardWeights(OneDnnGeometry g, float[] source, float[] destination) {
    convolution_backward_weights.primitive_desc d = g.backwardWeights();
    OneDnnPrimitive p =
        new OneDnnPrimitive("backward weights", d, new convolution_backward_weights(d));
    p.read(DNNL_ARG_SRC, d.src_desc(), g.source(), source);
    p.read(DNNL_ARG_DIFF_DST, d.diff_dst_desc(), g.destination(), destination);
    p.write(DNNL_ARG_DIFF_WEIGHTS, d.diff_weights_desc(), g.weights());
    return p;
  }

  /** The pass and the implementation that oneDNN chose. */
  String name() {
    return name;
  }

  /** Computes the result once more, in oneDNN's own format. */
  void run() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException("a oneDNN primitive runs on the thread that made it only");
    }
    pass.execute(queue, operands);
    queue._wait();
  }

  /** What {@link #run} computed last, in the axis order of the geometry. */
  float[] result() {
    return output.get();
  }

  private void read(int operand, memory.desc format, long[] shape, float[] numbers) {
    OneDnnArray array = new OneDnnArray(shape, format);
    array.put(numbers);
    operands.put(operand, array.numbers());
  }

  private void write(int operand, memory.desc format, long[] shape) {
    output = new OneDnnArray(shape, format);
    operands.put(operand, output.numbers());
  }
}
