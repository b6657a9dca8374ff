package org.deconvnet.spark.exec;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deconvnet.dictionary.CodeCorrelations;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.EpochTotals;
import org.deconvnet.network.deconvolutional.CodeBatch;
import org.deconvnet.network.deconvolutional.CodeSums;
import org.deconvnet.network.deconvolutional.CodedMaps;
import org.deconvnet.network.deconvolutional.DeconvolutionalCoder;
import org.deconvnet.network.deconvolutional.DeconvolutionalLayer;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.spark.columns.Mapped;

/**
 * A batch of the 2010 network spread over partitions. Filters are broadcast; codes stay where they
 * were made, from epoch to epoch; sums come back. Sums are exact, so neither the order of
 * partitions nor a repeated task changes a bit. Not thread-safe: the driver's loop owns it.
 */
final class SparkCodeBatch implements CodeBatch {
  private final JavaSparkContext context;
  private final PersistedData kept;
  private final String engine;
  private final BetaSchedule schedule;
  private final int number;
  private final long count;
  private JavaRDD<CodedMaps> images;

  /**
   * @param engine the resolved name of an engine: every executor uses this one or fails
   * @param count of the images
   * @param images the batch's, whose codes are improved round by round
   */
  SparkCodeBatch(
      JavaSparkContext context,
      PersistedData kept,
      String engine,
      BetaSchedule schedule,
      int number,
      long count,
      JavaRDD<CodedMaps> images) {
    this.context = context;
    this.kept = kept;
    this.engine = engine;
    this.schedule = schedule;
    this.number = number;
    this.count = count;
    this.images = images;
  }

  @Override
  public CodeSums code(DeconvolutionalLayer layer) {
    String name = engine;
    long all = count;
    return coded(
        layer,
        (better, shared) ->
            better
                .mapPartitions(part -> sum(part, shared.value(), all, name))
                .treeReduce(SparkCodeBatch::merged));
  }

  /** Improves the codes for finished filters, which need no statistics any more. */
  EpochTotals finish(DeconvolutionalLayer layer) {
    return coded(
        layer,
        (better, shared) ->
            better.map(SparkCodeBatch::totals).treeReduce(SparkCodeBatch::mergedTotals));
  }

  /** One pass over better codes. */
  private interface Pass<R> {
    R over(JavaRDD<CodedMaps> better, Broadcast<DeconvolutionalLayer> layer);
  }

  private <R> R coded(DeconvolutionalLayer layer, Pass<R> pass) {
    Broadcast<DeconvolutionalLayer> shared = context.broadcast(layer);
    JavaRDD<CodedMaps> before = images;
    String name = engine;
    BetaSchedule betas = schedule;
    int layerNumber = number;
    JavaRDD<CodedMaps> better =
        kept.keep(
            before.mapPartitions(part -> codeAll(part, shared.value(), name, betas, layerNumber)));
    R result = pass.over(better, shared);
    moveTo(better);
    // Not destroyed: a lost partition of codes is recomputed with these very filters.
    shared.unpersist(false);
    return result;
  }

  /** Goes on with the same images and codes from another place. */
  void moveTo(JavaRDD<CodedMaps> other) {
    kept.release(images);
    images = other;
  }

  private static Iterator<CodedMaps> codeAll(
      Iterator<CodedMaps> images,
      DeconvolutionalLayer layer,
      String engine,
      BetaSchedule schedule,
      int number) {
    DeconvolutionalCoder coder =
        new DeconvolutionalCoder(ConvolutionEngines.create(engine), layer, schedule, number);
    return new Mapped<>(images, coder::code);
  }

  private static Iterator<CodeSums> sum(
      Iterator<CodedMaps> images, DeconvolutionalLayer layer, long all, String name) {
    CodeCorrelations correlations =
        new CodeCorrelations(ConvolutionEngines.create(name), layer.filters().side());
    CodeSums sums = new CodeSums(layer.filters(), all);
    images.forEachRemaining(image -> sums.add(correlations, image));
    return List.of(sums).iterator();
  }

  private static CodeSums merged(CodeSums a, CodeSums b) {
    a.merge(b);
    return a;
  }

  private static EpochTotals totals(CodedMaps image) {
    EpochTotals totals = new EpochTotals(0);
    totals.add(image.trace());
    return totals;
  }

  private static EpochTotals mergedTotals(EpochTotals a, EpochTotals b) {
    a.merge(b);
    return a;
  }

  /** The images with their present codes. */
  JavaRDD<CodedMaps> images() {
    return images;
  }
}
