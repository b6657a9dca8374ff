package org.deconvnet.spark.ml;

import java.util.Locale;
import org.deconvnet.describe.DescriptorOptions;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.label.HeadOptions;
import org.deconvnet.label.LearningOptions;
import org.deconvnet.network.csc.AtomGroup;
import org.deconvnet.network.csc.CodingOptions;
import org.deconvnet.network.csc.CscOptions;
import org.deconvnet.network.patches.PatchCodingOptions;
import org.deconvnet.network.patches.PatchesOptions;
import org.deconvnet.network.patches.WindowOptions;
import org.deconvnet.pursuit.PursuitOptions;
import org.deconvnet.pyramid.PyramidOptions;

/** What the Params that several stages share are where nobody sets them. */
final class Defaults {
  private Defaults() {}

  static void ofRows(InvalidRowParams<?> stage) {
    stage.setDefault(stage.handleInvalid(), InvalidRowParams.KEEP);
    stage.setDefault(stage.idCol(), "path");
  }

  static void ofEngine(EngineParam<?> stage) {
    stage.setDefault(stage.engine(), ConvolutionEngines.AUTO);
  }

  static void ofLayered(LayeredParams<?> stage) {
    ofRows(stage);
    ofEngine(stage);
    stage.setDefault(stage.inputCol(), "image");
  }

  static void ofLayerValues(LayerValuesParam<?> stage) {
    stage.setDefault(stage.layerValues(), LayerValuesParam.MAPS);
  }

  static void ofSparseCoding(SparseCodingParams<?> stage) {
    CscOptions options = CscOptions.DEFAULTS;
    CodingOptions coding = options.coding();
    AtomGroup atoms = coding.atoms().get(0);
    stage.setDefault(stage.maps(), new int[] {atoms.maps()});
    stage.setDefault(stage.filterSides(), new int[] {atoms.side()});
    stage.setDefault(stage.penaltyWeights(), new double[] {atoms.weight()});
    stage.setDefault(stage.lambda(), coding.lambda());
    stage.setDefault(stage.relativeLambda(), coding.relative());
    stage.setDefault(stage.boundary(), coding.boundary().name().toLowerCase(Locale.ROOT));
    stage.setDefault(stage.nonNegative(), coding.nonNegative());
    stage.setDefault(stage.tolerance(), coding.descent().tolerance());
    stage.setDefault(stage.changesPerPlace(), coding.descent().changesPerPlace());
    stage.setDefault(stage.maskCol(), "");
    stage.setDefault(stage.solver(), coding.solver().method().name().toLowerCase(Locale.ROOT));
    stage.setDefault(stage.solverIterations(), coding.solver().iterations());
    stage.setDefault(stage.epochs(), options.epochs());
    stage.setDefault(stage.batchSize(), options.batchSize());
    stage.setDefault(stage.memory(), options.memory());
  }

  static void ofPatches(PatchParams<?> stage) {
    PatchesOptions options = PatchesOptions.DEFAULTS;
    PatchCodingOptions coding = options.coding();
    WindowOptions windows = coding.windows();
    stage.setDefault(stage.wordCount(), coding.maps());
    stage.setDefault(stage.side(), windows.side());
    stage.setDefault(stage.step(), windows.step());
    stage.setDefault(stage.keepMean(), windows.keepMean());
    stage.setDefault(stage.whiten(), windows.whiten());
    stage.setDefault(stage.floor(), windows.floor());
    stage.setDefault(stage.lambda(), coding.lambda());
    stage.setDefault(stage.nonNegative(), coding.nonNegative());
    stage.setDefault(stage.tolerance(), coding.descent().tolerance());
    stage.setDefault(stage.changesPerPlace(), coding.descent().changesPerPlace());
    stage.setDefault(stage.drawn(), options.drawn());
    stage.setDefault(stage.epochs(), options.epochs());
    stage.setDefault(stage.batchSize(), options.batchSize());
    stage.setDefault(stage.memory(), options.memory());
  }

  static void ofLabelling(LabellingParams<?> stage) {
    ofLayered(stage);
    stage.setDefault(stage.layerCols(), new String[0]);
    stage.setDefault(stage.outputCol(), "predictedLabels");
  }

  static void ofLabellingHead(LabellingHeadParams<?> stage) {
    HeadOptions head = HeadOptions.DEFAULTS;
    stage.setDefault(stage.strides(), new int[0]);
    stage.setDefault(stage.absolute(), head.absolute());
    stage.setDefault(stage.place(), head.place());
    stage.setDefault(stage.widths(), head.widths().stream().mapToInt(Integer::intValue).toArray());
    stage.setDefault(stage.convolutions(), head.convolutions());
    stage.setDefault(stage.hidden(), head.hidden());
    stage.setDefault(stage.skips(), head.skips());
  }

  static void ofLabelLearning(LabelLearningParams<?> stage) {
    LearningOptions options = LearningOptions.DEFAULTS;
    stage.setDefault(stage.labelsCol(), "labels");
    stage.setDefault(stage.classCount(), 0);
    stage.setDefault(stage.maxIter(), options.epochs());
    stage.setDefault(stage.rate(), options.rate());
    stage.setDefault(stage.weightDecay(), options.weightDecay());
    stage.setDefault(stage.balance(), options.balance());
    stage.setDefault(stage.groupImages(), options.groupImages());
    stage.setDefault(stage.batchGroups(), options.batchGroups());
    stage.setDefault(stage.partitions(), 0);
    stage.setDefault(stage.seed(), 1L);
  }

  static void ofDescriptors(DescriptorParams<?> stage) {
    DescriptorOptions options = DescriptorOptions.DEFAULTS;
    stage.setDefault(stage.patch(), options.patch());
    stage.setDefault(stage.step(), options.step());
    stage.setDefault(stage.cells(), options.cells());
    stage.setDefault(stage.clip(), options.clip());
  }

  static void ofPyramids(PyramidParams<?> stage) {
    ofRows(stage);
    ofEngine(stage);
    ofDescriptors(stage);
    stage.setDefault(stage.inputCol(), "layer1");
    stage.setDefault(stage.imageCol(), "image");
    stage.setDefault(stage.cellMaps(), false);
    stage.setDefault(stage.outputCols(), new String[] {"pyramid"});
    ofLevels(stage);
    stage.setDefault(stage.codings(), new String[] {"hard"});
  }

  static void ofPursuit(PursuitParams<?> stage) {
    PursuitOptions options = PursuitOptions.DEFAULTS;
    ofRows(stage);
    ofEngine(stage);
    stage.setDefault(stage.inputCol(), "plain");
    stage.setDefault(stage.outputCol(), "cells");
    stage.setDefault(stage.sparsity(), options.sparsity());
    stage.setDefault(stage.cell(), DescriptorOptions.DEFAULTS.cellSize());
    stage.setDefault(stage.signs(), PursuitParams.name(options.signs()));
  }

  static void ofLevels(LevelsParam<?> stage) {
    stage.setDefault(stage.levels(), PyramidOptions.DEFAULTS.levels());
  }

  static void ofPredictions(PredictionParams<?> stage) {
    ofRows(stage);
    stage.setDefault(stage.rawPredictionCol(), "rawPrediction");
    stage.setDefault(stage.predictionCol(), "prediction");
    stage.setDefault(stage.predictedLabelCol(), "predictedLabel");
  }

  static void ofLabels(LabelParam<?> stage) {
    stage.setDefault(stage.labelCol(), "label");
  }

  static void ofFeatures(FeaturesParams<?> stage) {
    ofPredictions(stage);
    ofLabels(stage);
    stage.setDefault(stage.featuresCol(), "features");
  }

  static void ofPyramidColumns(PyramidColumnsParams<?> stage) {
    ofPredictions(stage);
    stage.setDefault(stage.featuresCols(), new String[] {"features"});
    stage.setDefault(stage.weights(), new double[] {1});
  }

  static void ofKernels(KernelParams<?> stage) {
    ofPyramidColumns(stage);
    stage.setDefault(stage.kernels(), new String[] {"intersection"});
  }
}
