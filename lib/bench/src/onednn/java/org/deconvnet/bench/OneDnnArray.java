package org.deconvnet.bench;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/** Single-precision numbers on four axes in a format that oneDNN chose. */
final class OneDnnArray {
  static final engine CPU = new engine(engine.kind.cpu, 0);

  private final long[] shape;
  private final memory numbers;

  OneDnnArray(long[] shape, memory.desc format) {
    this.shape = shape;
    numbers = new memory(format, CPU);
  }

  /** Leaves the format to oneDNN; with a plain one it falls back to its reference code. */
  static memory.desc anyFormat(long[] shape) {
    return new memory.desc(shape, memory.data_type.f32, memory.format_tag.any);
  }

  /** What a primitive works on. */
  memory numbers() {
    return numbers;
  }

  /**
   * @param from in axis order, the last axis fastest
   */
  void put(float[] from) {
    memory plain = plain();
    floats(plain).put(from);
    copy(plain, numbers);
  }

  /** All numbers in axis order, the last axis fastest. */
  float[] get() {
    memory plain = plain();
    copy(numbers, plain);
    FloatPointer floats = floats(plain);
    float[] to = new float[Math.toIntExact(floats.capacity())];
    floats.get(to);
    return to;
  }

  private memory plain() {
    return new memory(new memory.desc(shape, memory.data_type.f32, memory.format_tag.abcd), CPU);
  }

  private FloatPointer floats(memory plain) {
    long size = shape[0] * shape[1] * shape[2] * shape[3];
    return new FloatPointer(plain.get_data_handle()).capacity(size);
  }

  private static void copy(memory from, memory to) {
    stream queue = new stream(CPU);
    new reorder(from, to).execute(queue, from, to);
    queue._wait();
  }
}
