package org.deconvnet.examples;

import java.io.IOException;
import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.ml.AdaptiveDeconvolutionalNetwork;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.ml.SpatialPyramidEncoder;

/** Class folders of photographs to MLlib's logistic regression. Arguments: photographs, model. */
public final class PipelineExample {
  private PipelineExample() {}

  public static void main(String[] args) throws IOException {
    SparkSession spark = SparkSession.builder().appName("pipeline").getOrCreate();
    learn(ImageCorpus.open(spark, args[0], Set.of(), 0).read()).save(args[1]);
  }

  public static PipelineModel learn(Dataset<Row> images) {
    PipelineStage[] stages = {
      new StringIndexer().setInputCol("label").setOutputCol("number"),
      new ImagePreprocessor().setHandleInvalid("skip"),
      new AdaptiveDeconvolutionalNetwork().setMaps(9),
      new SpatialPyramidEncoder().setVocabulary(100).setOutputCols("features"),
      new LogisticRegression().setLabelCol("number").setRegParam(0.001).setMaxIter(30)
    };
    return new Pipeline().setStages(stages).fit(images);
  }
}
