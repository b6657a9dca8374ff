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

  /**
   * Images to run at a time. Follows sizes alone, so that an image is always run in the same
   * batches.
   *
   * @param most images
   * @param numbers that may be held at a time, about
   * @param each numbers that an image takes, with what is kept of it
   */
  static int batch(int most, long numbers, long each) {
    return (int) Math.max(1, Math.min(most, numbers / each));
  }

  @Override
  void close();
}
