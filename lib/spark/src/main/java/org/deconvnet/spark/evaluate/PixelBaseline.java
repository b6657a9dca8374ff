package org.deconvnet.spark.evaluate;

import java.util.List;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.preprocess.Preprocessor;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.spark.exec.PartitionLoop;
import org.deconvnet.spark.store.Outcome;
import org.deconvnet.tensor.FeatureMaps;

/**
 * What learned features have to beat: multinomial logistic regression on grey pixels of a 32-pixel
 * thumbnail, padded to a square.
 */
public final class PixelBaseline {
  private static final int SIDE = 32;
  private static final double RIDGE = 0.01;
  private static final StructType PIXELS =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("label", DataTypes.StringType, false)
          .add("pixels", new VectorUDT(), false);

  private PixelBaseline() {}

  /**
   * @param train files as the corpus reads them: path, label, content
   * @param upright images are turned as their files' orientation says
   */
  public static Outcome run(
      Dataset<Row> train, Dataset<Row> test, List<String> classes, boolean upright) {
    Preprocessor thumbnail = thumbnail(upright);
    Dataset<Row> pixels = pixels(train, thumbnail).cache();
    StringIndexerModel indexer =
        new StringIndexer().setInputCol("label").setOutputCol("number").fit(pixels);
    Dataset<Row> answered =
        new LogisticRegression()
            .setFamily("multinomial")
            .setRegParam(RIDGE)
            .setMaxIter(100)
            .setFeaturesCol("pixels")
            .setLabelCol("number")
            .setPredictionCol("answer")
            .fit(indexer.transform(pixels))
            .transform(pixels(test, thumbnail));
    Dataset<Row> named =
        new IndexToString()
            .setInputCol("answer")
            .setOutputCol(Classifiers.PREDICTED)
            .setLabels(indexer.labelsArray()[0])
            .transform(answered);
    Outcome confusion = Classifiers.outcome(named, classes);
    pixels.unpersist();
    return confusion;
  }

  private static Preprocessor thumbnail(boolean upright) {
    return new Preprocessor(
        PreprocessOptions.DEFAULTS
            .withUpright(upright)
            .withLongestSide(SIDE)
            .withPadToSquare(true)
            .withLocalContrast(false));
  }

  private static Dataset<Row> pixels(Dataset<Row> files, Preprocessor thumbnail) {
    return PartitionLoop.over(
        files, PIXELS, rows -> new Mapped<>(rows, row -> pixels(row, thumbnail)));
  }

  private static Row pixels(Row row, Preprocessor thumbnail) {
    FeatureMaps image = thumbnail.decode(row.<byte[]>getAs(2), DecodeLimits.DEFAULT);
    double[] values = new double[image.data().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = image.data()[i];
    }
    return RowFactory.create(row.get(0), row.get(1), Vectors.dense(values));
  }
}
