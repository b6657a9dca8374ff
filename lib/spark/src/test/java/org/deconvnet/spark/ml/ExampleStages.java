package org.deconvnet.spark.ml;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.ClassificationModel;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.classify.BinaryMachine;
import org.deconvnet.classify.OneVersusRest;
import org.deconvnet.network.adaptive.Ablation;
import org.deconvnet.network.adaptive.AdaptiveLayer;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.deconvolutional.DeconvolutionalLayer;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.network.deconvolutional.MapScaling;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.pyramid.Codebook;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/** A small one of every public stage, with the columns that it needs as long as nothing is set. */
record ExampleStages(Supplier<PipelineStage> make, List<String> columns) {
  private static final AdaptiveNetwork ADAPTIVE =
      new AdaptiveNetwork(List.of(new AdaptiveLayer(filters(), new PoolSize(2, 2, 1), 1, 2, 0.01)));
  private static final DeconvolutionalStack STACK =
      new DeconvolutionalStack(
          List.of(new DeconvolutionalLayer(filters(), 1, 1, 0.8)),
          List.of(new MapScaling(0, 1)),
          BetaSchedule.standard(),
          1);

  static final Map<String, ExampleStages> ALL = new TreeMap<>();

  static {
    add(ImagePreprocessor::new, "content");
    add(OrientedGradientMaps::new, "plain");
    add(() -> new AblatedMaps(ADAPTIVE, Ablation.OWN_SWITCHES, "auto"), "image", "another");
    add(AdaptiveDeconvolutionalNetwork::new, "path", "image");
    add(() -> new AdaptiveDeconvolutionalNetworkModel("adaptive", ADAPTIVE, null), "image");
    add(DeconvolutionalNetwork::new, "path", "image");
    add(() -> new DeconvolutionalNetworkModel("stack", STACK, null), "image");
    add(() -> new StrongestActivationFeatures("strongest", ADAPTIVE), "image");
    add(SpatialPyramidEncoder::new, "path", "image", "layer1");
    add(ExampleStages::encoder, "image", "layer1");
    add(PyramidKernelClassifier::new, "path", "label", "features");
    add(ExampleStages::kernelMachines, "features");
    add(IntersectionLinearClassifier::new, "label", "features");
    add(ExampleStages::linearMachines, "features");
  }

  private static void add(Supplier<PipelineStage> make, String... columns) {
    ALL.put(make.get().getClass().getSimpleName(), new ExampleStages(make, List.of(columns)));
  }

  private static FilterBank filters() {
    FilterBank filters = FilterBank.zeros(Connectivity.full(2, 1), 3);
    filters.data()[0] = 1;
    filters.data()[10] = 1;
    return filters;
  }

  private static SpatialPyramidEncoderModel encoder() {
    Codebook codebook = new Codebook(2, 3, new float[] {1, 0, 0, 0, 1, 0});
    return new SpatialPyramidEncoderModel("encoder", codebook, null);
  }

  private static PyramidKernelClassifierModel kernelMachines() {
    BinaryMachine machine = new BinaryMachine(new double[] {1, -1}, 0.5);
    List<SparseHistogram> images =
        List.of(SparseHistogram.of(new float[] {1, 0}), SparseHistogram.of(new float[] {0, 1}));
    return new PyramidKernelClassifierModel(
        "kernelMachines",
        new String[] {"a", "b"},
        new double[] {1},
        List.of(images),
        new OneVersusRest(new int[] {0, 1}, new BinaryMachine[] {machine, machine}, 1));
  }

  private static IntersectionLinearClassifierModel linearMachines() {
    ClassificationModel<?, ?>[] each = {
      new LinearSVCModel("first", Vectors.dense(1, 0), 0.5),
      new LinearSVCModel("second", Vectors.dense(0, 1), 0.5)
    };
    OneVsRestModel machines = new OneVsRestModel("machines", Metadata.empty(), each);
    machines.set("classifier", new LinearSVC());
    return new IntersectionLinearClassifierModel(
        "linearMachines", new String[] {"a", "b"}, new int[] {0, 1}, 1, machines);
  }

  /** All columns, but one left out or of a type that no stage takes. */
  StructType schema(String except, boolean wrongType) {
    StructType schema = new StructType();
    for (String column : columns) {
      if (!column.equals(except)) {
        schema = schema.add(column, type(column));
      } else if (wrongType) {
        schema = schema.add(column, DataTypes.BooleanType);
      }
    }
    return schema;
  }

  private static DataType type(String column) {
    return switch (column) {
      case "path", "label" -> DataTypes.StringType;
      case "content" -> DataTypes.BinaryType;
      case "features" -> new VectorUDT();
      default -> FeatureMapsColumn.DENSE;
    };
  }
}
