package org.deconvnet.spark.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deconvnet.classify.BinaryMachine;
import org.deconvnet.classify.CrossValidation;
import org.deconvnet.classify.KernelBlocks;
import org.deconvnet.classify.KernelTable;
import org.deconvnet.classify.OneVersusRest;
import org.deconvnet.classify.PrecomputedKernelSvm;
import org.deconvnet.classify.PyramidKernel;
import org.deconvnet.classify.SvmOptions;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.pyramid.SparseHistogram;
import scala.Tuple2;

/**
 * Kernel matrices and one-versus-rest machines, with rows, classes and folds spread over the
 * executors. The driver holds the training vectors' non-zeros and n² floats a kernel; an executor
 * n² kernel entries a task: for up to a few thousand training images. Not thread-safe.
 */
public final class KernelMachines {
  /** Rows grow longer towards the end of the triangle; more slices than cores even that out. */
  private static final int SLICES_A_CORE = 8;

  private final JavaSparkContext context;
  private final String engine;

  /**
   * @param engine name or {@code auto}
   */
  public KernelMachines(JavaSparkContext context, String engine) {
    this.context = context;
    this.engine = ConvolutionEngines.resolve(engine);
  }

  /**
   * The kernel of all pairs of training vectors.
   *
   * @return (training, training), symmetric to the bit
   */
  public float[][] gram(PyramidKernel kernel, List<SparseHistogram> training) {
    String name = engine;
    Broadcast<List<SparseHistogram>> all = context.broadcast(training);
    List<Integer> numbers = IntStream.range(0, training.size()).boxed().toList();
    int size = training.size();
    List<Tuple2<Integer, float[]>> triangle =
        context
            .parallelize(numbers, slices(size))
            .mapPartitions(part -> triangleRows(kernel, name, all.value(), part))
            .collect();
    all.destroy();
    float[][] gram = new float[size][size];
    for (Tuple2<Integer, float[]> row : triangle) {
      for (int j = 0; j <= row._1(); j++) {
        gram[row._1()][j] = row._2()[j];
        gram[j][row._1()] = row._2()[j];
      }
    }
    return gram;
  }

  /** The rows of some neighbouring numbers, up to the last one's place in the triangle. */
  private static Iterator<Tuple2<Integer, float[]>> triangleRows(
      PyramidKernel kernel, String engine, List<SparseHistogram> all, Iterator<Integer> part) {
    List<Integer> numbers = new ArrayList<>();
    part.forEachRemaining(numbers::add);
    if (numbers.isEmpty()) {
      return Collections.emptyIterator();
    }
    int first = numbers.get(0);
    int end = first + numbers.size();
    float[][] rows =
        new KernelBlocks(kernel, ConvolutionEngines.create(engine).kernels())
            .rows(all.subList(first, end), all.subList(0, end));
    return numbers.stream().map(i -> new Tuple2<>(i, rows[i - first])).iterator();
  }

  /**
   * The kernel of other vectors with the training vectors.
   *
   * @param others each with what is known of it: nothing else says whose row a row is
   * @return (other, training), in no order
   */
  public <K> List<Tuple2<K, float[]>> rows(
      PyramidKernel kernel,
      JavaPairRDD<K, SparseHistogram> others,
      List<SparseHistogram> training) {
    String name = engine;
    Broadcast<List<SparseHistogram>> all = context.broadcast(training);
    List<Tuple2<K, float[]>> rows =
        others.mapPartitions(part -> rowsOf(kernel, name, all.value(), part)).collect();
    all.destroy();
    return rows;
  }

  private static <K> Iterator<Tuple2<K, float[]>> rowsOf(
      PyramidKernel kernel,
      String engine,
      List<SparseHistogram> all,
      Iterator<Tuple2<K, SparseHistogram>> part) {
    List<Tuple2<K, SparseHistogram>> others = new ArrayList<>();
    part.forEachRemaining(others::add);
    float[][] rows =
        new KernelBlocks(kernel, ConvolutionEngines.create(engine).kernels())
            .rows(others.stream().map(Tuple2::_2).toList(), all);
    return IntStream.range(0, rows.length)
        .mapToObj(i -> new Tuple2<>(others.get(i)._1(), rows[i]))
        .iterator();
  }

  /** Trains the machines of all classes, each class a task's item. */
  public OneVersusRest train(float[][] kernel, int[] labels, SvmOptions options) {
    int[] classes = Arrays.stream(labels).distinct().sorted().toArray();
    Broadcast<float[][]> gram = context.broadcast(kernel);
    int slices = Math.min(classes.length, context.defaultParallelism());
    List<BinaryMachine> machines =
        context
            .parallelize(IntStream.of(classes).boxed().toList(), slices)
            .mapPartitions(
                part -> {
                  KernelTable table = KernelTable.of(gram.value());
                  List<BinaryMachine> trained = new ArrayList<>();
                  part.forEachRemaining(
                      label ->
                          trained.add(
                              PrecomputedKernelSvm.train(table, isIn(label, labels), options)));
                  return trained.iterator();
                })
            .collect();
    gram.destroy();
    return new OneVersusRest(
        classes, machines.toArray(BinaryMachine[]::new), KernelTable.of(kernel).scale());
  }

  private static boolean[] isIn(int label, int[] labels) {
    boolean[] positive = new boolean[labels.length];
    for (int i = 0; i < labels.length; i++) {
      positive[i] = labels[i] == label;
    }
    return positive;
  }

  /**
   * The candidate C that gets most held-out training vectors right; the only one without a trial.
   *
   * @param kernel (training, training), mean diagonal 1
   * @param folds of the cross-validation, for several candidates
   */
  public double chooseC(float[][] kernel, int[] labels, List<Double> candidates, int folds) {
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    Broadcast<float[][]> gram = context.broadcast(kernel);
    List<Integer> trials = IntStream.range(0, folds * candidates.size()).boxed().toList();
    List<Double> all = List.copyOf(candidates);
    List<Tuple2<Integer, Integer>> right =
        context
            .parallelize(trials, trials.size())
            .map(
                trial ->
                    new Tuple2<>(
                        trial / folds,
                        new CrossValidation(gram.value(), labels, folds)
                            .right(trial % folds, withC(all.get(trial / folds)))))
            .collect();
    gram.destroy();
    int[] sums = new int[candidates.size()];
    right.forEach(trial -> sums[trial._1()] += trial._2());
    return CrossValidation.best(candidates, sums);
  }

  /** The usual settings with another C. */
  public static SvmOptions withC(double c) {
    return new SvmOptions(c, SvmOptions.DEFAULTS.tolerance(), SvmOptions.DEFAULTS.cacheMegabytes());
  }

  private int slices(int items) {
    return Math.max(1, Math.min(items, SLICES_A_CORE * context.defaultParallelism()));
  }
}
