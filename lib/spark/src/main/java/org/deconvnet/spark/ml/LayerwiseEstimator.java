package org.deconvnet.spark.ml;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.Network;
import org.deconvnet.network.NetworkLearning;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.exec.LayerwiseTraining;
import org.deconvnet.spark.exec.TrainedNetwork;

/**
 * Learns a network without labels, layer by layer; each family has its own.
 *
 * <p>Input: a column of images ({@link FeatureMapsColumn#isDense}, sizes may differ) and a column
 * of unique ids, which decide batches. Rows without an image or an id are left out and counted
 * ({@code handleInvalid}, {@link TrainedNetwork#leftOut}). Array parameters hold one value a layer,
 * or one for all.
 *
 * @param <N> the network
 * @param <M> its model
 * @param <S> the estimator itself
 */
public abstract class LayerwiseEstimator<
        N extends Network, M extends LayeredModel<N, M>, S extends LayerwiseEstimator<N, M, S>>
    extends Estimator<M> implements LearningParams<S>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private transient TrainingListener listener = TrainingListener.SILENT;
  private transient Checkpointing checkpointing = Checkpointing.NONE;

  LayerwiseEstimator(String uid) {
    this.uid = uid;
    Defaults.ofLayered(this);
    Defaults.ofLayerValues(this);
    setDefault(partitions(), 0);
    setDefault(seed(), 1L);
  }

  /** How the family learns the network that the parameters describe. */
  abstract NetworkLearning.Start<N, ?, ?> learning();

  abstract M model(TrainedNetwork<N> trained);

  /** As far as can be told without an image: a pipeline asks before its first stage works. */
  abstract void requireLayersThatFit();

  @Override
  public String uid() {
    return uid;
  }

  /** Hears about progress on the driver; not a parameter, not saved. */
  @SuppressWarnings("unchecked")
  public S setListener(TrainingListener value) {
    listener = value;
    return (S) this;
  }

  /**
   * Leaves checkpoints, and goes on from one that an earlier fit with the same parameters and
   * images left. Not a parameter, not saved: it says where, not what.
   */
  @SuppressWarnings("unchecked")
  public S setCheckpointing(Checkpointing value) {
    checkpointing = value;
    return (S) this;
  }

  private int partitionsIn(JavaSparkContext context) {
    return getPartitions() > 0 ? getPartitions() : context.defaultParallelism();
  }

  @Override
  public M fit(Dataset<?> dataset) {
    M model = model(learn(dataset, learning(), checkpointing));
    return copyValues(model.setParent(this), ParamMap.empty());
  }

  TrainedNetwork<N> learn(
      Dataset<?> dataset, NetworkLearning.Start<N, ?, ?> family, Checkpointing where) {
    UsableRows usable = usable(dataset);
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    TrainedNetwork<N> trained =
        new LayerwiseTraining(context, getEngine(), listener, where)
            .trainRows(learnedRows(usable.rows()), partitionsIn(context), family);
    return trained.withLeftOut(usable.reportLeftOut());
  }

  /** The rows to learn from, of a dataset that has been checked. */
  private UsableRows usable(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return new UsableRows(dataset, this, learnedColumns()).requireAny();
  }

  /** Columns that a row must have to be learned from: its id, its image, then the family's own. */
  String[] learnedColumns() {
    return new String[] {getIdCol(), getInputCol()};
  }

  /** Ids and images, of rows with {@link #learnedColumns()}. */
  JavaRDD<Row> learnedRows(JavaRDD<Row> rows) {
    return rows;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    FeatureMapsColumn.requireDense(schema, getInputCol(), uid);
    Columns.require(schema, getIdCol(), DataTypes.StringType, uid);
    requireLayersThatFit();
    boolean codes = getLayerValues().equals(CODES);
    return LayeredModel.withLayerColumns(schema, depth(), codes, uid);
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
  }

  @Override
  public S copy(ParamMap extra) {
    S copy = defaultCopy(extra);
    return copy.setListener(listener).setCheckpointing(checkpointing);
  }
}
