package org.deconvnet.examples;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;

import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.ml.AdaptiveDeconvolutionalNetwork;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.ml.MapVectorizer;

/** Which filters does each class use? A question to Spark SQL. Argument: class folders. */
public final class SqlExample {
  private SqlExample() {}

  public static void main(String[] args) {
    SparkSession spark = SparkSession.builder().appName("sql").getOrCreate();
    ask(ImageCorpus.open(spark, args[0], Set.of(), 0).read()).show();
  }

  public static Dataset<Row> ask(Dataset<Row> images) {
    var network = new AdaptiveDeconvolutionalNetwork().setMaps(9).setLayerValues("codes");
    PipelineStage[] stages = {new ImagePreprocessor(), network, new MapVectorizer().setGrid(1)};
    Dataset<Row> made = new Pipeline().setStages(stages).fit(images).transform(images);
    made.withColumn("strongest", vector_to_array(col("features"), "float64"))
        .createOrReplaceTempView("photographs");
    String maps = "(SELECT label, posexplode(strongest) AS (map, strength) FROM photographs)";
    String sql = "SELECT label, map, avg(strength) AS mean FROM %s GROUP BY ALL ORDER BY ALL";
    return images.sparkSession().sql(sql.formatted(maps));
  }
}
