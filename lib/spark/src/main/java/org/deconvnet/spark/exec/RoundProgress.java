package org.deconvnet.spark.exec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a training by gradients stands. Immutable.
 *
 * @param epoch from 1
 * @param epochs of the training
 * @param batch from 1
 * @param batches of an epoch
 * @param images of the batch
 * @param losses of the batch, by name, in the order in which they are told
 */
public record RoundProgress(
    int epoch, int epochs, int batch, int batches, long images, Map<String, Double> losses) {
  public RoundProgress {
    losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
  }
}
