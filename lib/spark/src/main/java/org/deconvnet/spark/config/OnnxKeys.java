package org.deconvnet.spark.config;

import java.util.List;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.network.cnn.InputScaling;

/** The keys of a network in an ONNX file, bound to the core's options. */
final class OnnxKeys {
  static final Section<OnnxSettings> NETWORK =
      Section.of(
          OnnxSettings.DEFAULTS,
          OnnxKeys::network,
          List.of(
              Key.text("engine", OnnxSettings::engine),
              Key.text("file", OnnxSettings::file),
              Key.whole("resize", network -> network.cnn().resize()),
              Key.whole("crop", network -> network.cnn().crop()),
              Key.list("mean", Double.class, network -> network.cnn().mean()),
              Key.list("deviation", Double.class, network -> network.cnn().deviation()),
              new Key<>("order", InputScaling.ChannelOrder.class, network -> network.cnn().order()),
              Key.number("range", network -> network.cnn().range()),
              Key.list("layers", String.class, network -> network.cnn().layers())));

  private OnnxKeys() {}

  private static OnnxSettings network(Values values) {
    return new OnnxSettings(
        values.text("engine"),
        values.text("file"),
        new CnnOptions(
            values.whole("resize"),
            values.whole("crop"),
            values.list("mean", Double.class),
            values.list("deviation", Double.class),
            values.as("order", InputScaling.ChannelOrder.class),
            values.number("range"),
            values.list("layers", String.class)));
  }
}
