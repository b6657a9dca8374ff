package org.deconvnet.network.gradient.update;

import java.util.List;

/**
 * What an update carries from step to step, as a checkpoint keeps it. The arrays are shared.
 *
 * @param steps made so far
 * @param memories for Adam m and v, for momentum v; each as long as the parameters
 */
public record UpdateState(long steps, List<float[]> memories) {
  public UpdateState {
    memories = List.copyOf(memories);
  }
}
