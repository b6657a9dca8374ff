package org.deconvnet.spark.run;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.spark.ml.PyramidStage;
import org.deconvnet.spark.store.CsvFile;
import org.deconvnet.spark.store.NpyMatrix;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Pipelines;

/**
 * Spatial pyramids of images as vectors of one length: all pyramids of an image, one behind the
 * other, kept on the executors until {@link #close}. Rows are sorted by path where a format has an
 * order.
 */
final class PyramidTables implements AutoCloseable {
  private static final String FEATURES = "features";
  private static final String NAMES = "images.csv";

  private final Dataset<Row> vectors;
  private final long count;
  private final Map<String, Integer> lengths;
  private final Dataset<Row> persisted;

  private PyramidTables(
      Dataset<Row> vectors, long count, Map<String, Integer> lengths, Dataset<Row> persisted) {
    this.vectors = vectors;
    this.count = count;
    this.lengths = lengths;
    this.persisted = persisted;
  }

  /**
   * @param images preprocessed, with path and label
   */
  static PyramidTables of(List<Transformer> stages, Dataset<Row> images) {
    List<String> kernels =
        stages.stream()
            .filter(PyramidStage.class::isInstance)
            .flatMap(stage -> ((PyramidStage) stage).pyramidCols().stream())
            .toList();
    PipelineModel encoder = Pipelines.of("pyramids", stages);
    Dataset<Row> each =
        encoder
            .transform(images)
            .select("path", labelAnd(kernels))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Map<String, Integer> lengths = new LinkedHashMap<>();
    Row first = each.first();
    kernels.forEach(name -> lengths.put(name, first.<Vector>getAs(name).size()));
    Dataset<Row> joined =
        new VectorAssembler()
            .setInputCols(kernels.toArray(String[]::new))
            .setOutputCol(FEATURES)
            .transform(each)
            .select("path", "label", FEATURES);
    return new PyramidTables(joined, each.count(), lengths, each);
  }

  private static String[] labelAnd(List<String> kernels) {
    String[] names = new String[kernels.size() + 1];
    names[0] = "label";
    for (int i = 0; i < kernels.size(); i++) {
      names[i + 1] = kernels.get(i);
    }
    return names;
  }

  /** Numbers of each pyramid in a vector, in their order. */
  Map<String, Integer> lengths() {
    return lengths;
  }

  /** Numbers of a vector. */
  int length() {
    return lengths.values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * @param classes their places are libsvm's labels
   * @return the name of what was written
   */
  String write(FeatureFormat format, List<String> classes, OutputFolder output) {
    return switch (format) {
      case PARQUET -> parquet(output);
      case NPY -> npy(output);
      case LIBSVM -> libsvm(classes, output);
      case NPZ -> throw new IllegalArgumentException("pyramids are dense: expected no npz");
    };
  }

  private String parquet(OutputFolder output) {
    vectors
        .withColumn(FEATURES, vector_to_array(col(FEATURES), "float32"))
        .write()
        .parquet(output.path(FEATURES));
    return FEATURES;
  }

  private String npy(OutputFolder output) {
    String name = FEATURES + ".npy";
    NpyMatrix.write(vectors.orderBy("path").select(FEATURES), count, length(), output, name);
    names(output);
    return name;
  }

  private String libsvm(List<String> classes, OutputFolder output) {
    String name = FEATURES + ".libsvm";
    // Places count from 1; 0 is for what is not among them, so images without a class get −1.
    Column place = array_position(lit(classes.toArray(String[]::new)), col("label"));
    Column label = coalesce(place, lit(0L)).minus(1).cast("double");
    vectors
        .orderBy("path")
        .select(label.as("label"), col(FEATURES))
        .write()
        .format("libsvm")
        .save(output.path(name));
    names(output);
    return name;
  }

  /** Which image each row is. */
  private void names(OutputFolder output) {
    CsvFile.writeNumbered(vectors.orderBy("path").select("path", "label"), output, NAMES);
  }

  @Override
  public void close() {
    persisted.unpersist();
  }
}
