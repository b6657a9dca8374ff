package org.deconvnet.onnx;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.deconvnet.network.cnn.ForwardPass;
import org.deconvnet.network.cnn.ForwardRecord;
import org.deconvnet.tensor.FeatureMaps;

/** Nobody asked for anything, as where a way down passes no max pooling: nothing is run. */
final class NothingKept implements ForwardPass {
  @Override
  public List<ForwardRecord> run(List<FeatureMaps> inputs) {
    return Collections.nCopies(inputs.size(), new ForwardRecord(Map.of(), Map.of()));
  }

  @Override
  public void close() {
    // There is nothing to give back.
  }
}
