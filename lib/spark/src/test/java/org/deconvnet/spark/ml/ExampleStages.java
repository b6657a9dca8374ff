package org.deconvnet.spark.ml;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.ClassificationModel;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.classify.BinaryMachine;
import org.deconvnet.classify.LinearMachine;
import org.deconvnet.classify.OneVersusRest;
import org.deconvnet.describe.DescriptorOptions;
import org.deconvnet.dictionary.UnitNorm;
import org.deconvnet.label.HeadOptions;
import org.deconvnet.label.LabelMap;
import org.deconvnet.label.LabellingNetwork;
import org.deconvnet.label.LabellingPlan;
import org.deconvnet.label.MapScale;
import org.deconvnet.label.NetworkInputs;
import org.deconvnet.network.adaptive.Ablation;
import org.deconvnet.network.adaptive.AdaptiveLayer;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.network.csc.AtomGroup;
import org.deconvnet.network.csc.CodingOptions;
import org.deconvnet.network.csc.CscLayer;
import org.deconvnet.network.csc.CscNetwork;
import org.deconvnet.network.deconvolutional.DeconvolutionalLayer;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.network.deconvolutional.MapScaling;
import org.deconvnet.network.gradient.NetworkWeights;
import org.deconvnet.network.patches.PatchCodingOptions;
import org.deconvnet.network.patches.PatchesLayer;
import org.deconvnet.network.patches.PatchesNetwork;
import org.deconvnet.network.patches.WindowOptions;
import org.deconvnet.onnx.TinyNetworks;
import org.deconvnet.operator.Boundary;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.pursuit.PixelWindows;
import org.deconvnet.pyramid.Codebook;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.LabelColumn;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

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

  private static final CscNetwork DICTIONARY =
      CscNetwork.of(
          new CscLayer(
              UnitNorm.project(filters()),
              new CodingOptions(
                  List.of(new AtomGroup(filters().maps(), filters().side(), 1)),
                  0.1,
                  true,
                  Boundary.FULL,
                  false,
                  DescentOptions.DEFAULT)));

  private static final PatchesNetwork WORDS =
      PatchesNetwork.of(
          PatchesLayer.ofPixels(
              UnitNorm.project(filters()),
              new PatchCodingOptions(
                  new WindowOptions(filters().side(), 1, false, false, 0.1),
                  filters().maps(),
                  0.1,
                  false,
                  DescentOptions.DEFAULT)));

  private static final CnnNetwork CONVOLUTION =
      CnnNetwork.read(
          "tiny.onnx", TinyNetworks.convolution().build().toByteArray(), CnnOptions.DEFAULTS);

  static final Map<String, ExampleStages> ALL = new TreeMap<>();

  static {
    add(ImagePreprocessor::new, "content");
    add(ImageCrop::new, "content");
    add(() -> new OnnxNetwork("onnxNetwork", CONVOLUTION), "image");
    add(OrientedGradientMaps::new, "plain");
    add(PixelPursuit::new, "path", "plain");
    add(() -> new PixelPursuitModel("pixelPursuitModel", atoms()), "plain");
    add(() -> new AblatedMaps(ADAPTIVE, Ablation.OWN_SWITCHES, "auto"), "image", "another");
    add(AdaptiveDeconvolutionalNetwork::new, "path", "image");
    add(() -> new AdaptiveDeconvolutionalNetworkModel("adaptive", ADAPTIVE, null), "image");
    add(DeconvolutionalNetwork::new, "path", "image");
    add(() -> new DeconvolutionalNetworkModel("stack", STACK, null), "image");
    add(ConvolutionalSparseCoding::new, "path", "image");
    add(
        () -> new ConvolutionalSparseCodingModel("convolutionalSparseCoding", DICTIONARY, null),
        "image");
    add(PatchSparseCoding::new, "path", "image");
    add(() -> new PatchSparseCodingModel("patchSparseCoding", WORDS, null), "image");
    add(() -> new StrongestActivationFeatures("strongest", ADAPTIVE), "image");
    add(PixelLabelling::new, "path", "image", "labels");
    add(() -> new PixelLabellingModel("labellingModel", labelling(), null), "image");
    add(MapVectorizer::new, "layer1");
    add(MapPyramidEncoder::new, "layer1");
    add(SpatialPyramidEncoder::new, "path", "image", "layer1");
    add(ExampleStages::encoder, "image", "layer1");
    add(PyramidKernelClassifier::new, "path", "label", "features");
    add(ExampleStages::kernelMachines, "features");
    add(IntersectionLinearClassifier::new, "label", "features");
    add(ExampleStages::linearMachines, "features");
    add(LinearPyramidClassifier::new, "path", "label", "features");
    add(ExampleStages::pyramidMachines, "features");
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

  /** A regression of each pixel on its colour and place. */
  private static LabellingNetwork labelling() {
    Shape image = new Shape(1, 20, 24);
    HeadOptions head = new HeadOptions(List.of(), List.of(), false, true, List.of(), 1, 0, true);
    MapScale scale = new MapScale(new float[] {0, 0, 0}, new float[] {1, 1, 1});
    return new LabellingNetwork(
        new NetworkInputs(head, image),
        List.of(scale),
        NetworkWeights.start(LabellingPlan.of(head, image, List.of(), 2), 1));
  }

  private static SpatialPyramidEncoderModel encoder() {
    int dimension = DescriptorOptions.DEFAULTS.dimension(2);
    float[] centres = new float[2 * dimension];
    centres[0] = 1;
    centres[dimension + 1] = 1;
    Codebook codebook = new Codebook(2, dimension, centres);
    return new SpatialPyramidEncoderModel("encoder", codebook, null);
  }

  /** A step to the right and one downwards. */
  private static Codebook atoms() {
    float[] atoms = new float[2 * PixelWindows.DIMENSION];
    atoms[11] = -1;
    atoms[13] = 1;
    atoms[PixelWindows.DIMENSION + 7] = -1;
    atoms[PixelWindows.DIMENSION + 17] = 1;
    return new Codebook(2, PixelWindows.DIMENSION, atoms).atUnitNorm();
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
      new LinearSVCModel("first", mapped(1, 0), 0.5),
      new LinearSVCModel("second", mapped(0, 1), 0.5)
    };
    OneVsRestModel machines = new OneVsRestModel("machines", Metadata.empty(), each);
    machines.set("classifier", new LinearSVC());
    return new IntersectionLinearClassifierModel(
        "linearMachines", new String[] {"a", "b"}, new int[] {0, 1}, 1, machines);
  }

  private static LinearPyramidClassifierModel pyramidMachines() {
    return new LinearPyramidClassifierModel(
        "pyramidMachines",
        new String[] {"a", "b"},
        new int[] {0, 1},
        new double[] {1},
        List.of(
            new LinearMachine(new float[] {1, 0}, 0.5),
            new LinearMachine(new float[] {0, 1}, 0.5)));
  }

  private static Vector mapped(double... features) {
    return IntersectionLinearClassifier.mappedVector(Vectors.dense(features), 1);
  }

  /** Rows that each stage can work on, of two classes in turn. */
  List<Row> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> RowFactory.create(columns.stream().map(c -> value(c, n)).toArray()))
        .toList();
  }

  private Object value(String column, int number) {
    return switch (column) {
      case "path" -> "image" + number;
      case "label" -> number % 2 == 0 ? "a" : "b";
      case "content" -> png(number);
      case "features" -> features(number);
      case "labels" -> LabelColumn.toRow(halves());
      case "layer1" -> FeatureMapsColumn.toRow(random(2, number));
      default -> FeatureMapsColumn.toRow(random(1, number));
    };
  }

  /** Alike where MLlib learns: to tell classes apart its optimiser would run thousands of jobs. */
  private Vector features(int number) {
    boolean ofMllib = !columns.contains("path");
    return (ofMllib ? Vectors.dense(1, 1) : Vectors.dense(number % 2, 1 - number % 2)).toSparse();
  }

  private static FeatureMaps random(int maps, int seed) {
    Random random = new Random(seed);
    FeatureMaps made = FeatureMaps.zeros(new Shape(maps, 20, 24));
    for (int i = 0; i < made.data().length; i++) {
      made.data()[i] = (float) random.nextGaussian();
    }
    return made;
  }

  /** The left of class 0, the right of class 1. */
  private static LabelMap halves() {
    byte[] labels = new byte[20 * 24];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % 24 / 12);
    }
    return new LabelMap(20, 24, labels);
  }

  private static byte[] png(int seed) {
    BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(seed);
    for (int at = 0; at < 24 * 20; at++) {
      image.getRaster().setSample(at % 24, at / 24, 0, random.nextInt(256));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
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
      case "labels" -> LabelColumn.TYPE;
      default -> FeatureMapsColumn.DENSE;
    };
  }
}
