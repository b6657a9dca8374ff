package org.deconvnet.network.gradient;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.deconvnet.network.gradient.plan.Layout;
import org.deconvnet.network.gradient.plan.Part;
import org.deconvnet.store.NpyArray;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/** What {@code golden_gradients.py} has written. */
final class Golden {
  private Golden() {}

  static float[] read(String name) {
    String file = name + ".npy";
    try (InputStream in = Golden.class.getResourceAsStream(file)) {
      return NpyArray.read(in, file).data();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Images (image, map, row, column) of a group, into the group's order. */
  static void fill(GroupMaps maps, float[] all, int group) {
    Shape image = maps.image();
    for (int n = 0; n < maps.images(); n++) {
      float[] one = new float[image.size()];
      System.arraycopy(all, (group * maps.images() + n) * one.length, one, 0, one.length);
      maps.put(n, FeatureMaps.of(image, one));
    }
  }

  /** Each part by itself, relative to its largest number. */
  static void close(Layout layout, float[] got, float[] expected) {
    layout.require("golden values", expected);
    for (Part part : layout.parts()) {
      float[] own = Arrays.copyOfRange(got, part.offset(), part.end());
      float[] golden = Arrays.copyOfRange(expected, part.offset(), part.end());
      GradientNetworkTest.close(own, GradientNetworkTest.doubles(golden), 1e-4);
    }
  }
}
