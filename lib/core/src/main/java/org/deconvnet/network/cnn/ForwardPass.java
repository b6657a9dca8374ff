package org.deconvnet.network.cnn;

import java.util.List;
import org.deconvnet.tensor.FeatureMaps;

/** Runs a network on images and keeps the tensors that it was made to keep. Thread-safe. */
public interface ForwardPass extends AutoCloseable {
  /**
   * @param inputs images as the network wants them, of its image's shape, at least one
   * @return one an input, in their order
   */
  List<ForwardRecord> run(List<FeatureMaps> inputs);

  @Override
  void close();
}
