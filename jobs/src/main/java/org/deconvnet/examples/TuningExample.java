package org.deconvnet.examples;

import static scala.jdk.javaapi.CollectionConverters.asScala;

import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.spark.ml.AdaptiveDeconvolutionalNetwork;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.ml.PyramidKernelClassifier;
import org.deconvnet.spark.ml.SpatialPyramidEncoder;

/** Cross-validation over the network's λ and the number of words. */
public final class TuningExample {
  private TuningExample() {}

  public static CrossValidatorModel tune(Dataset<Row> images) {
    var network = new AdaptiveDeconvolutionalNetwork().setMaps(6);
    var words = new SpatialPyramidEncoder().setOutputCols("features");
    var indexer = new StringIndexer().setInputCol("label").setOutputCol("number");
    var preprocessor = new ImagePreprocessor().setLongestSide(64).setHandleInvalid("skip");
    var classifier = new PyramidKernelClassifier().setLabelCol("number");
    PipelineStage[] stages = {indexer, preprocessor, network, words, classifier};
    var grid = new ParamGridBuilder().addGrid(words.vocabulary(), new int[] {20, 50});
    grid.addGrid(network.lambdas(), asScala(List.of(new double[] {0.5}, new double[] {2})));
    var evaluator = new MulticlassClassificationEvaluator().setLabelCol("number");
    var pipeline = new Pipeline().setStages(stages);
    var tuning = new CrossValidator().setEstimator(pipeline).setEvaluator(evaluator);
    return tuning.setEstimatorParamMaps(grid.build()).setNumFolds(2).setSeed(1).fit(images);
  }
}
