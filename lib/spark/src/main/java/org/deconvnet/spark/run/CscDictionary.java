package org.deconvnet.spark.run;

import org.deconvnet.network.Network;
import org.deconvnet.network.csc.CscNetwork;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.store.ModelFolder;

/** The dictionary of a model, for verbs that no other family can do. */
final class CscDictionary {
  private CscDictionary() {}

  /**
   * @param model where it was read from, for the message
   * @throws CorpusException if the model is of another family
   */
  static CscNetwork of(ModelFolder folder, String model) {
    Network network = folder.network().network();
    return network
        .as(CscNetwork.class)
        .orElseThrow(
            () ->
                new CorpusException(
                    "model %s: expected convolutional sparse coding (network.model: csc), got one of network.model %s; train one with conf/csc.yaml"
                        .formatted(model, network.family())));
  }
}
