package org.deconvnet.bench;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/**
 * One pass of a convolution with its operands, which it holds in the formats that oneDNN chose for
 * it. Runs on the thread that made it only: oneDNN keeps scratch memory a thread, and a primitive
 * that runs on another one reads a null pointer.
 */
final class OneDnnPrimitive {
  private static final engine CPU = new engine(engine.kind.cpu, 0);
  private static final long[] STRIDE = {1, 1};

  private final Thread owner = Thread.currentThread();
  private final stream queue = new stream(CPU);
  private final IntMemoryMap operands = new IntMemoryMap();
  private final String name;
  private primitive pass;
  private memory output;
  private long[] outputShape;

  private OneDnnPrimitive(String pass, primitive_desc description) {
    name = pass + ", " + description.impl_info_str().getString();
  }

  /** dst from src and weights, arrays in the axis order of the geometry. */
  static OneDnnPrimitive forward(OneDnnGeometry g, float[] source, float[] weights) {
    convolution_forward.primitive_desc d = description(g);
    OneDnnPrimitive p = new OneDnnPrimitive("forward", d);
    p.read(DNNL_ARG_SRC, d.src_desc(), g.source(), source);
    p.read(DNNL_ARG_WEIGHTS, d.weights_desc(), g.weights(), weights);
    p.write(DNNL_ARG_DST, d.dst_desc(), g.destination());
    p.pass = new convolution_forward(d);
    return p;
  }

  /** src from dst and weights: the adjoint of {@link #forward} in src. */
  static OneDnnPrimitive backwardData(OneDnnGeometry g, float[] destination, float[] weights) {
    convolution_backward_data.primitive_desc d =
        new convolution_backward_data.primitive_desc(
            CPU,
            dnnl_convolution_direct,
            any(g.source()),
            any(g.weights()),
            any(g.destination()),
            STRIDE,
            g.padding(),
            g.padding(),
            description(g));
    OneDnnPrimitive p = new OneDnnPrimitive("backward data", d);
    p.read(DNNL_ARG_DIFF_DST, d.diff_dst_desc(), g.destination(), destination);
    p.read(DNNL_ARG_WEIGHTS, d.weights_desc(), g.weights(), weights);
    p.write(DNNL_ARG_DIFF_SRC, d.diff_src_desc(), g.source());
    p.pass = new convolution_backward_data(d);
    return p;
  }

  /** weights from src and dst: the adjoint of {@link #forward} in the weights. */
  static OneDnnPrimitive backwardWeights(OneDnnGeometry g, float[] source, float[] destination) {
    convolution_backward_weights.primitive_desc d =
        new convolution_backward_weights.primitive_desc(
            CPU,
            dnnl_convolution_direct,
            any(g.source()),
            any(g.weights()),
            any(g.destination()),
            STRIDE,
            g.padding(),
            g.padding(),
            description(g));
    OneDnnPrimitive p = new OneDnnPrimitive("backward weights", d);
    p.read(DNNL_ARG_SRC, d.src_desc(), g.source(), source);
    p.read(DNNL_ARG_DIFF_DST, d.diff_dst_desc(), g.destination(), destination);
    p.write(DNNL_ARG_DIFF_WEIGHTS, d.diff_weights_desc(), g.weights());
    p.pass = new convolution_backward_weights(d);
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
    memory plain = new memory(plain(outputShape), CPU);
    new reorder(output, plain).execute(queue, output, plain);
    queue._wait();
    float[] numbers = new float[size(outputShape)];
    floats(plain, numbers.length).get(numbers);
    return numbers;
  }

  private void read(int operand, memory.desc format, long[] shape, float[] numbers) {
    memory plain = new memory(plain(shape), CPU);
    floats(plain, numbers.length).put(numbers);
    memory chosen = new memory(format, CPU);
    new reorder(plain, chosen).execute(queue, plain, chosen);
    queue._wait();
    operands.put(operand, chosen);
  }

  private void write(int operand, memory.desc format, long[] shape) {
    output = new memory(format, CPU);
    outputShape = shape;
    operands.put(operand, output);
  }

  private static convolution_forward.primitive_desc description(OneDnnGeometry g) {
    return new convolution_forward.primitive_desc(
        CPU,
        dnnl_forward_training,
        dnnl_convolution_direct,
        any(g.source()),
        any(g.weights()),
        any(g.destination()),
        STRIDE,
        g.padding(),
        g.padding());
  }

  /** Lets oneDNN choose; with a plain format it falls back to its reference code. */
  private static memory.desc any(long[] shape) {
    return new memory.desc(shape, memory.data_type.f32, memory.format_tag.any);
  }

  private static memory.desc plain(long[] shape) {
    return new memory.desc(shape, memory.data_type.f32, memory.format_tag.abcd);
  }

  private static FloatPointer floats(memory m, int size) {
    return new FloatPointer(m.get_data_handle()).capacity(size);
  }

  private static int size(long[] shape) {
    return Math.toIntExact(shape[0] * shape[1] * shape[2] * shape[3]);
  }
}
