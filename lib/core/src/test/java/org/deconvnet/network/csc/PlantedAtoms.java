package org.deconvnet.network.csc;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.dictionary.UnitNorm;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.Learner;
import org.deconvnet.learn.LocalBatch;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.operator.Boundary;
import org.deconvnet.operator.BoundedSynthesis;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/** Images that a few known atoms build up, and learning on them. */
final class PlantedAtoms {
  static final ConvolutionEngine ENGINE = new ScalarConvolutionEngine();
  static final int MAPS = 3;
  static final int SIDE = 4;

  private PlantedAtoms() {}

  static FilterBank filters(int channels) {
    return StartingFilters.draw(options(Boundary.FULL, 1).coding(), channels, 99);
  }

  static CscOptions options(Boundary boundary, int epochs) {
    return new CscOptions(
        new CodingOptions(
            List.of(new AtomGroup(MAPS, SIDE, 1)),
            0.1,
            false,
            boundary,
            false,
            new DescentOptions(0.02, 100)),
        epochs,
        0,
        0);
  }

  /** Of several sizes, each with about one atom in 40 places. */
  static List<CscImage> images(int count, int channels) {
    Random random = new Random(7);
    FilterBank planted = filters(channels);
    List<CscImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Shape shape = new Shape(channels, 24 + i, 31 - i);
      BoundedSynthesis synthesis = new BoundedSynthesis(ENGINE, planted, Boundary.FULL, shape);
      FeatureMaps code = FeatureMaps.zeros(synthesis.domain());
      for (int n = 0; n < code.shape().plane() / 40; n++) {
        code.data()[random.nextInt(code.data().length)] =
            (random.nextBoolean() ? 1 : -1) * (1 + random.nextFloat());
      }
      FeatureMaps image = FeatureMaps.zeros(shape);
      synthesis.apply(code, image);
      images.add(new CscImage("image" + i, image));
    }
    return images;
  }

  static List<LocalBatch<CscImage, CscCoding>> batches(List<CscImage> images, int size) {
    List<LocalBatch<CscImage, CscCoding>> batches = new ArrayList<>();
    for (int i = 0; i < images.size(); i += size) {
      batches.add(
          new LocalBatch<>(ENGINE, true, images.subList(i, Math.min(i + size, images.size()))));
    }
    return batches;
  }

  static LayerState learned(CscOptions options, List<CscImage> images, int batchSize) {
    return learned(options, images, batchSize, TrainingListener.SILENT);
  }

  static LayerState learned(
      CscOptions options, List<CscImage> images, int batchSize, TrainingListener listener) {
    return learned(
        options,
        images,
        batchSize,
        listener,
        StartingFilters.draw(options.coding(), images.get(0).image().maps(), 1));
  }

  /** The planted filters, as much noise added as they are large, each of unit norm. */
  static FilterBank blurred(int channels) {
    FilterBank filters = filters(channels);
    FilterBank noise = StartingFilters.draw(options(Boundary.FULL, 1).coding(), channels, 5);
    for (int i = 0; i < filters.data().length; i++) {
      filters.data()[i] += noise.data()[i];
    }
    return UnitNorm.project(filters);
  }

  static LayerState learned(
      CscOptions options,
      List<CscImage> images,
      int batchSize,
      TrainingListener listener,
      FilterBank start) {
    return new Learner<>(new CscLayerLearning(ENGINE, options, start, 1), listener)
        .learn(batches(images, batchSize));
  }

  /** The inner product of a planted filter with the learned one of its map, sign aside. */
  static double likeness(FilterBank planted, int map, FilterBank learned) {
    double sum = 0;
    int from = planted.offset(map, 0);
    for (int i = from; i < from + planted.channels() * SIDE * SIDE; i++) {
      sum += planted.data()[i] * learned.data()[i];
    }
    return Math.abs(sum);
  }
}
