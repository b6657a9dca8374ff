package org.deconvnet.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.operator.Synthesis;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

/** Exported filters, as another program runs them. */
class OnnxFormatTest {
  private static final Shape IMAGE = new Shape(3, 9, 14);

  private final Random random = new Random(7);

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  @Test
  void onnxRuntimeReconstructsWhatTheEngineReconstructs() throws OrtException {
    FilterBank filters = FilterBank.of(Connectivity.full(5, 3), 4, numbers(5 * 3 * 4 * 4));
    Shape maps = filters.mapShape(IMAGE);
    FeatureMaps z = FeatureMaps.of(maps, numbers(maps.size()));
    FeatureMaps expected = FeatureMaps.zeros(IMAGE);
    new Synthesis(ConvolutionEngines.create("scalar"), filters, IMAGE).apply(z, expected);
    float[][][] got = run(OnnxFormat.of(filters, "layer1"), z);
    assertThat(got).hasDimensions(3, 9);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 9; y++) {
        for (int x = 0; x < 14; x++) {
          assertThat(got[c][y][x]).isCloseTo(expected.get(c, y, x), within(1e-4f));
        }
      }
    }
  }

  private static float[][][] run(byte[] model, FeatureMaps z) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {1, z.maps(), z.height(), z.width()};
    try (OrtSession session = environment.createSession(model);
        OnnxTensor maps = OnnxTensor.createTensor(environment, FloatBuffer.wrap(z.data()), shape);
        OrtSession.Result result = session.run(Map.of("maps", maps))) {
      return ((float[][][][]) result.get("reconstruction").orElseThrow().getValue())[0];
    }
  }
}
