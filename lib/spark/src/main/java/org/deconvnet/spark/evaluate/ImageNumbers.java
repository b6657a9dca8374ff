package org.deconvnet.spark.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.Network;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.spark.exec.PartitionLoop;
import org.deconvnet.spark.store.CsvFile;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * Numbers that a network gives about each image. They are worked out where the images lie, once;
 * only numbers leave the executors.
 *
 * @param keys names of the numbers
 * @param perImage columns path and the keys, persisted until {@link #close}
 */
public record ImageNumbers(List<String> keys, Dataset<Row> perImage) implements AutoCloseable {
  private static final double SCALE = 0x1p40;
  private static final DecimalType WHOLE = DataTypes.createDecimalType(28, 0);

  /**
   * What a task does with its images, one after the other; it may write files.
   *
   * @param <N> the networks that it can be done with
   */
  public interface Work<N extends Network> extends Serializable {
    /**
     * From an image's id and its maps, (C, H, W), to one number a key.
     *
     * @param engine the task's own
     */
    BiFunction<String, FeatureMaps, double[]> with(N network, ConvolutionEngine engine);
  }

  /**
   * Works through all images now.
   *
   * @param images columns path and image
   * @param engine of the convolutions: auto, vector or scalar
   */
  public static <N extends Network> ImageNumbers of(
      Dataset<Row> images, N network, String engine, List<String> keys, Work<? super N> work) {
    StructType schema = new StructType().add("path", DataTypes.StringType, false);
    for (String key : keys) {
      schema = schema.add(key, DataTypes.DoubleType, false);
    }
    String name = ConvolutionEngines.resolve(engine);
    Broadcast<N> shared =
        JavaSparkContext.fromSparkContext(images.sparkSession().sparkContext()).broadcast(network);
    Dataset<Row> perImage =
        PartitionLoop.over(
                images.select("path", "image"),
                schema,
                rows -> numbers(rows, shared.value(), name, work))
            .persist(StorageLevel.MEMORY_AND_DISK());
    perImage.count();
    return new ImageNumbers(List.copyOf(keys), perImage);
  }

  private static <N extends Network> Iterator<Row> numbers(
      Iterator<Row> rows, N network, String engine, Work<? super N> work) {
    BiFunction<String, FeatureMaps, double[]> each =
        work.with(network, ConvolutionEngines.create(engine));
    return new Mapped<>(
        rows,
        row -> {
          String id = row.getString(0);
          double[] numbers = named(each, id, FeatureMapsColumn.fromRow(row.getStruct(1)));
          List<Object> values = new ArrayList<>(List.of(id));
          for (double number : numbers) {
            values.add(number);
          }
          return RowFactory.create(values.toArray());
        });
  }

  /** A failure names its image. */
  private static double[] named(
      BiFunction<String, FeatureMaps, double[]> each, String id, FeatureMaps image) {
    try {
      return each.apply(id, image);
    } catch (IllegalArgumentException e) {
      throw UserErrorException.of(id, e);
    } catch (SolverDivergedException e) {
      throw e.inImage(id);
    }
  }

  /** One line an image, by path. */
  public void writeCsv(OutputFolder output, String name) {
    CsvFile.write(perImage.orderBy("path"), output, name);
  }

  /**
   * Means over the images whose number is finite, by key: an image without contrast has no SNR. A
   * key that no image has a finite number for is left out. Numbers are added as multiples of 2⁻⁴⁰,
   * so that the order of partitions changes no digit.
   */
  public Map<String, Double> means() {
    if (keys.isEmpty()) {
      return Map.of();
    }
    Column[] columns =
        keys.stream()
            .flatMap(key -> Stream.of(exactSum(key), count(finite(key))))
            .toArray(Column[]::new);
    Row row = perImage.agg(lit(0), columns).first();
    Map<String, Double> means = new LinkedHashMap<>();
    for (int k = 0; k < keys.size(); k++) {
      long images = row.getLong(2 * k + 2);
      if (images > 0) {
        means.put(keys.get(k), row.getDecimal(2 * k + 1).doubleValue() / SCALE / images);
      }
    }
    return means;
  }

  /** The number, or null where it is not finite. */
  private static Column finite(String key) {
    Column finite =
        col(key).lt(Double.POSITIVE_INFINITY).and(col(key).gt(Double.NEGATIVE_INFINITY));
    return when(finite, col(key));
  }

  private static Column exactSum(String key) {
    return sum(round(finite(key).multiply(SCALE)).cast(WHOLE));
  }

  @Override
  public void close() {
    perImage.unpersist();
  }
}
