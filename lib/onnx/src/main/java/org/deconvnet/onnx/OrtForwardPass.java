package org.deconvnet.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deconvnet.network.cnn.ForwardPass;
import org.deconvnet.network.cnn.ForwardRecord;
import org.deconvnet.operator.Switches;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * A network run forward by ONNX Runtime, on the thread that calls: Spark has a task a core already.
 * Its memory is outside the heap, and given back when nobody refers to it any more.
 */
final class OrtForwardPass implements ForwardPass {
  private static final Cleaner CLEANER = Cleaner.create();

  /** Of images at a time: what one buffer of bytes holds, and more than is of use. */
  private static final int MOST_NUMBERS = 1 << 28;

  private final String name;
  private final OrtSession session;
  private final NetworkInput input;
  private final Map<String, Pooled> pooled;
  private final Cleaner.Cleanable cleanable;

  /**
   * What Indices are of.
   *
   * @param output the pooled tensor
   */
  record Pooled(String output, Shape pooled, Shape unpooled) {}

  private OrtForwardPass(
      String name, OrtSession session, NetworkInput input, Map<String, Pooled> pooled) {
    this.name = name;
    this.session = session;
    this.input = input;
    this.pooled = pooled;
    this.cleanable = CLEANER.register(this, () -> closed(session));
  }

  private static void closed(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
  }

  /**
   * @param model a network whose outputs are what is to be kept
   * @param pooled of the outputs that are Indices, by their names
   */
  static OrtForwardPass of(
      String name, byte[] model, NetworkInput input, Map<String, Pooled> pooled) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      OrtSession session = OrtEnvironment.getEnvironment().createSession(model, options);
      return new OrtForwardPass(name, session, input, pooled);
    } catch (OrtException e) {
      throw refused(name, e);
    }
  }

  private static UserErrorException refused(String name, OrtException e) {
    return new UserErrorException(
        "network %s: expected a network that ONNX Runtime can run, it says: %s"
            .formatted(name, e.getMessage()));
  }

  /** Reads what a run gave, while it lasts. */
  private interface Reading<T> {
    T of(OrtSession.Result result) throws OrtException;
  }

  private <T> T run(List<FeatureMaps> images, Reading<T> reading) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor tensor = tensor(environment, images);
        OrtSession.Result result = session.run(Map.of(input.tensor(), tensor))) {
      return reading.of(result);
    } catch (OrtException e) {
      throw refused(name, e);
    }
  }

  private OnnxTensor tensor(OrtEnvironment environment, List<FeatureMaps> images)
      throws OrtException {
    Shape shape = input.shape();
    FloatBuffer numbers =
        ByteBuffer.allocateDirect(images.size() * shape.size() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (FeatureMaps image : images) {
      Checks.sameShape("input of the network", shape, image.shape());
      numbers.put(image.data());
    }
    numbers.rewind();
    long[] axes = {images.size(), shape.maps(), shape.height(), shape.width()};
    return OnnxTensor.createTensor(environment, numbers, axes);
  }

  @Override
  public List<ForwardRecord> run(List<FeatureMaps> inputs) {
    boolean oneByOne = !input.batches() || !pooled.isEmpty();
    int most = oneByOne ? 1 : Math.max(1, MOST_NUMBERS / input.shape().size());
    if (inputs.size() > most) {
      List<ForwardRecord> all = new ArrayList<>();
      for (int from = 0; from < inputs.size(); from += most) {
        all.addAll(run(inputs.subList(from, Math.min(inputs.size(), from + most))));
      }
      return all;
    }
    return run(inputs, result -> records(inputs.size(), result));
  }

  private List<ForwardRecord> records(int images, OrtSession.Result result) throws OrtException {
    List<ForwardRecord> records = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      records.add(new ForwardRecord(new HashMap<>(), new HashMap<>()));
    }
    for (Map.Entry<String, OnnxValue> output : result) {
      OnnxTensor tensor = (OnnxTensor) output.getValue();
      Pooled indices = pooled.get(output.getKey());
      if (indices != null) {
        records.get(0).switches().put(indices.output(), switches(indices, tensor));
        continue;
      }
      Shape shape = required(output.getKey(), tensor.getInfo(), images);
      FloatBuffer numbers = tensor.getFloatBuffer();
      for (ForwardRecord record : records) {
        FeatureMaps maps = FeatureMaps.zeros(shape);
        numbers.get(maps.data());
        record.values().put(output.getKey(), maps);
      }
    }
    return records;
  }

  private Shape required(String tensor, TensorInfo info, int images) {
    Shape shape = shape(info, images);
    if (shape == null) {
      throw new UserErrorException(
          "network %s: tensor %s: expected maps or a vector for each image, got %s"
              .formatted(name, tensor, Arrays.toString(info.getShape())));
    }
    return shape;
  }

  private static Switches switches(Pooled of, OnnxTensor tensor) {
    LongBuffer indices = tensor.getLongBuffer();
    int[] index = new int[of.pooled().size()];
    for (int i = 0; i < index.length; i++) {
      index[i] = Math.toIntExact(indices.get(i));
    }
    return new Switches(of.pooled(), of.unpooled(), index);
  }

  /** Whether two images at a time give what each alone gives the shape of. */
  boolean takesTwo(FeatureMaps image, Map<String, Shape> alone) {
    try {
      return shapes(List.of(image, image)).entrySet().containsAll(alone.entrySet());
    } catch (UserErrorException e) {
      return false;
    }
  }

  /** Shapes of the outputs that hold numbers of maps or vectors, by name. */
  Map<String, Shape> shapes(FeatureMaps image) {
    return shapes(List.of(image));
  }

  private Map<String, Shape> shapes(List<FeatureMaps> images) {
    return run(
        images,
        result -> {
          Map<String, Shape> shapes = new HashMap<>();
          for (Map.Entry<String, OnnxValue> output : result) {
            if (output.getValue() instanceof OnnxTensor tensor) {
              Shape shape = shape(tensor.getInfo(), images.size());
              if (shape != null) {
                shapes.put(output.getKey(), shape);
              }
            }
          }
          return shapes;
        });
  }

  /** Of an image's part; null for what holds no numbers of images. */
  private static Shape shape(TensorInfo info, int images) {
    long[] axes = info.getShape();
    boolean ofImages =
        info.type == OnnxJavaType.FLOAT
            && (axes.length == 2 || axes.length == 4)
            && axes[0] == images;
    if (!ofImages || Arrays.stream(axes).anyMatch(side -> side < 1)) {
      return null;
    }
    return axes.length == 2
        ? new Shape((int) axes[1], 1, 1)
        : new Shape((int) axes[1], (int) axes[2], (int) axes[3]);
  }

  @Override
  public void close() {
    cleanable.clean();
  }
}
