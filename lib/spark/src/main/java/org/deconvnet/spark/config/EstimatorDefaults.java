package org.deconvnet.spark.config;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Params;
import org.deconvnet.spark.ml.DeconvolutionalNetwork;
import org.deconvnet.spark.ml.PyramidKernelClassifier;
import org.deconvnet.spark.ml.SpatialPyramidEncoder;

/** What the estimators do if nobody sets their parameters, where no option record says it. */
final class EstimatorDefaults {
  static final int PASSES;
  static final int WORDS;
  static final int KMEANS_ITERATIONS;
  static final int FOLDS;

  static {
    DeconvolutionalNetwork network = new DeconvolutionalNetwork();
    PASSES = whole(network, network.passes());
    SpatialPyramidEncoder encoder = new SpatialPyramidEncoder();
    WORDS = whole(encoder, encoder.vocabulary());
    KMEANS_ITERATIONS = whole(encoder, encoder.maxIter());
    PyramidKernelClassifier classifier = new PyramidKernelClassifier();
    FOLDS = whole(classifier, classifier.folds());
  }

  private EstimatorDefaults() {}

  private static int whole(Params stage, IntParam parameter) {
    return (Integer) stage.getOrDefault(parameter);
  }
}
