package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.classify.BinaryMachine;
import org.deconvnet.classify.HistogramIntersection;
import org.deconvnet.classify.KernelTable;
import org.deconvnet.classify.OneVersusRest;
import org.deconvnet.classify.PrecomputedKernelSvm;
import org.deconvnet.classify.SvmOptions;
import org.deconvnet.pyramid.SparseHistogram;
import scala.Tuple2;

/**
 * One-versus-rest support vector machines with the exact histogram intersection kernel. Rows of the
 * Gram matrix, then classes, are spread over the executors. The driver holds the training vectors'
 * non-zeros and n² floats; an executor n² kernel entries: for up to a few thousand images. Beyond,
 * use {@link IntersectionLinearClassifier}.
 */
public final class IntersectionKernelClassifier extends Estimator<IntersectionKernelClassifierModel>
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final ClassifierParams shared;
  private final Param<String> idCol;
  private final DoubleParam c;

  public IntersectionKernelClassifier() {
    this(Identifiable$.MODULE$.randomUID("intersectionKernelClassifier"));
  }

  public IntersectionKernelClassifier(String uid) {
    this.uid = uid;
    shared = new ClassifierParams(this);
    idCol = new Param<>(this, "idCol", "column of unique ids (strings)");
    c = new DoubleParam(this, "c", "penalty C of the SVM (> 0)", ParamValidators.gt(0));
    setDefault(shared.featuresCol, "features");
    setDefault(shared.labelCol, "label");
    setDefault(shared.predictionCol, "prediction");
    setDefault(idCol, "path");
    setDefault(c, 10.0);
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> featuresCol() {
    return shared.featuresCol;
  }

  public Param<String> labelCol() {
    return shared.labelCol;
  }

  public Param<String> predictionCol() {
    return shared.predictionCol;
  }

  public Param<String> idCol() {
    return idCol;
  }

  public DoubleParam c() {
    return c;
  }

  public IntersectionKernelClassifier setC(double value) {
    set(c, value);
    return this;
  }

  @Override
  public IntersectionKernelClassifierModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    List<Row> rows = trainingRows(dataset);
    String[] labels = rows.stream().map(r -> r.getString(1)).toArray(String[]::new);
    Map<String, Integer> classes = ClassifierParams.numbered(labels, uid);
    List<SparseHistogram> images =
        rows.stream().map(r -> HistogramColumn.fromVector((Vector) r.get(2))).toList();
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    float[][] gram = gram(context, images);
    List<BinaryMachine> machines = train(context, gram, labels, new ArrayList<>(classes.keySet()));
    OneVersusRest all =
        new OneVersusRest(
            IntStream.range(0, machines.size()).toArray(),
            machines.toArray(BinaryMachine[]::new),
            KernelTable.of(gram).scale());
    IntersectionKernelClassifierModel model =
        new IntersectionKernelClassifierModel(
            uid, classes.keySet().toArray(String[]::new), images, all);
    return copyValues(model.setParent(this), ParamMap.empty());
  }

  /** Sorted by id, so that no partitioning changes the machines. */
  private List<Row> trainingRows(Dataset<?> dataset) {
    List<Row> rows =
        new ArrayList<>(
            dataset
                .toDF()
                .select($(idCol), $(shared.labelCol), $(shared.featuresCol))
                .collectAsList());
    rows.sort(Comparator.comparing(r -> r.getString(0)));
    return rows;
  }

  private List<BinaryMachine> train(
      JavaSparkContext context, float[][] kernel, String[] labels, List<String> classes) {
    Broadcast<float[][]> gram = context.broadcast(kernel);
    SvmOptions options =
        new SvmOptions(
            (Double) $(c), SvmOptions.DEFAULTS.tolerance(), SvmOptions.DEFAULTS.cacheMegabytes());
    int slices = Math.min(classes.size(), context.defaultParallelism());
    List<BinaryMachine> machines =
        context
            .parallelize(classes, slices)
            .mapPartitions(
                part -> {
                  KernelTable table = KernelTable.of(gram.value());
                  List<BinaryMachine> trained = new ArrayList<>();
                  part.forEachRemaining(
                      name ->
                          trained.add(
                              PrecomputedKernelSvm.train(table, isIn(name, labels), options)));
                  return trained.iterator();
                })
            .collect();
    gram.destroy();
    return machines;
  }

  private static float[][] gram(JavaSparkContext context, List<SparseHistogram> images) {
    Broadcast<List<SparseHistogram>> all = context.broadcast(images);
    List<Integer> numbers = IntStream.range(0, images.size()).boxed().toList();
    int slices = Math.min(images.size(), 4 * context.defaultParallelism());
    List<Tuple2<Integer, float[]>> rows =
        context
            .parallelize(numbers, slices)
            .map(i -> new Tuple2<>(i, HistogramIntersection.row(all.value().get(i), all.value())))
            .collect();
    all.destroy();
    return rows.stream().map(Tuple2::_2).toArray(float[][]::new);
  }

  private static boolean[] isIn(String name, String[] labels) {
    boolean[] positive = new boolean[labels.length];
    for (int i = 0; i < labels.length; i++) {
      positive[i] = labels[i].equals(name);
    }
    return positive;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    shared.checkTraining(schema, this);
    return shared.output(schema, this);
  }

  @Override
  public IntersectionKernelClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<IntersectionKernelClassifier> read() {
    return new DefaultParamsReader<>();
  }

  public static IntersectionKernelClassifier load(String path) throws IOException {
    return read().load(path);
  }
}
