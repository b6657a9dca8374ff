package org.deconvnet.spark.evaluate;

import java.util.List;
import java.util.Map;
import org.deconvnet.spark.corpus.CorpusSplit;
import org.deconvnet.spark.store.Outcome;
import org.deconvnet.tensor.FeatureMaps;

/**
 * What one split gave.
 *
 * @param tested by the combination's name, in the order of the configuration
 * @param pictured images for the report; of the first split only
 */
public record SplitResult(
    CorpusSplit split,
    Map<String, SplitClassifier.Tested> tested,
    SplitNetwork network,
    List<FeatureMaps> pictured) {

  public Outcome outcome(String combination) {
    return tested.get(combination).outcome();
  }

  /** The worst of a combination's mistakes, the largest margin first. */
  public List<Mistake> mistakes(String combination) {
    return tested.get(combination).mistakes();
  }
}
