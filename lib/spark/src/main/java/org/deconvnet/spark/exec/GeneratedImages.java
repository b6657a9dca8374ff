package org.deconvnet.spark.exec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.gradient.NetworkWeights;
import org.deconvnet.network.gradient.adversarial.Noise;
import org.deconvnet.network.gradient.adversarial.Painter;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/** Images that a generator paints where they are used. */
public final class GeneratedImages {
  private static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("image", FeatureMapsColumn.DENSE, false);

  private GeneratedImages() {}

  /**
   * What something makes of the images of the first z: columns path and image, in [0, 1].
   *
   * @param engine resolved
   * @param seed of the z
   * @param partitions decides speed, never results
   * @param use must be done with the images when it returns
   */
  public static <R> R use(
      SparkSession spark,
      NetworkWeights generator,
      String engine,
      long seed,
      int images,
      int partitions,
      Function<Dataset<Row>, R> use) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<NetworkWeights> sent = context.broadcast(generator);
    List<Integer> numbers = IntStream.range(0, images).boxed().toList();
    JavaRDD<Row> rows =
        context
            .parallelize(numbers, Math.max(1, partitions))
            .mapPartitions(part -> painted(part, sent.value(), engine, seed));
    try {
      return use.apply(spark.createDataFrame(rows, SCHEMA));
    } finally {
      sent.destroy();
    }
  }

  private static Iterator<Row> painted(
      Iterator<Integer> part, NetworkWeights generator, String engine, long seed) {
    Shape z = generator.plan().input();
    List<Integer> numbers = new ArrayList<>();
    part.forEachRemaining(numbers::add);
    Painter painter = new Painter(generator, ConvolutionEngines.create(engine).kernels());
    List<FeatureMaps> images =
        painter.paint(numbers.stream().map(n -> Noise.ofImage(z, seed, n)).toList());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      String name = String.format(Locale.ROOT, "sample%06d", numbers.get(i));
      rows.add(RowFactory.create(name, FeatureMapsColumn.toRow(images.get(i))));
    }
    return rows.iterator();
  }
}
