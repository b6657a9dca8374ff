package org.deconvnet.spark.exec;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.gradient.GhostGroups;
import org.deconvnet.sums.Mergeable;
import org.deconvnet.tensor.Checks;
import scala.Tuple2;

/**
 * Training by gradients, spread over partitions. Items are laid out once: a batch owns its
 * partitions, and a ghost group lies whole in one of them. A round sends numbers out and sums come
 * back; items stay where they are. Ids and seed alone say what a group holds. Closing gives back
 * what is kept on executors. Not thread-safe: the driver's.
 *
 * @param <T> an item: an image with what belongs to it
 */
public final class GroupRounds<T> implements AutoCloseable {
  private final JavaSparkContext context;
  private final PersistedData kept = new PersistedData();
  private final GhostGroups plan;
  private final String engine;
  private final int each;
  private final JavaRDD<GhostGroup<T>> groups;

  /**
   * How items are cut.
   *
   * @param images N, of a ghost group
   * @param groups B, of a batch
   * @param partitions most of a batch: decides speed, never results
   */
  public record Cut(int images, int groups, int partitions, long seed) {
    public Cut {
      Checks.atLeast("ghost group: images", 1, images);
      Checks.atLeast("batch: ghost groups", 1, groups);
      Checks.atLeast("batch: partitions", 1, partitions);
    }
  }

  private GroupRounds(
      JavaSparkContext context,
      JavaRDD<T> items,
      Function<T, String> id,
      GhostGroups plan,
      int each,
      String engine) {
    this.context = context;
    this.plan = plan;
    this.each = each;
    this.engine = engine;
    groups = kept.keep(layOut(items, id, plan, each));
  }

  /**
   * Plans the groups: one pass over the ids. Items move with the first round.
   *
   * @param items with unique ids
   * @param engine resolved: every executor uses this one or fails
   * @throws org.deconvnet.tensor.UserErrorException if there are fewer items than a group has
   */
  public static <T> GroupRounds<T> of(
      JavaSparkContext context, JavaRDD<T> items, Function<T, String> id, Cut cut, String engine) {
    long seed = cut.seed();
    List<Long> hashes =
        JobDescription.during(
            context.sc(),
            "plan ghost groups",
            () -> items.map(item -> GhostGroups.hash(id.call(item), seed)).collect());
    GhostGroups plan =
        GhostGroups.ofHashes(
            hashes.stream().mapToLong(Long::longValue).toArray(), cut.images(), cut.groups(), seed);
    int each = Math.min(cut.partitions(), plan.mostGroups());
    return new GroupRounds<>(context, items, id, plan, each, engine);
  }

  /** What every round sends along must not grow with the images: the plan itself stays behind. */
  private static <T> JavaRDD<GhostGroup<T>> layOut(
      JavaRDD<T> items, Function<T, String> id, GhostGroups plan, int each) {
    Places places = new Places(plan.images(), plan.mostGroups(), plan.batches(), each);
    return items
        .mapToPair(item -> new Tuple2<>(plan.rank(id.call(item)).orElse(-1), item))
        .filter(ranked -> ranked._1() >= 0)
        .partitionBy(new ByGroup(places))
        .mapPartitions(part -> gathered(part, places));
  }

  private static <T> Iterator<GhostGroup<T>> gathered(
      Iterator<Tuple2<Integer, T>> part, Places places) {
    List<Tuple2<Integer, T>> ranked = new ArrayList<>();
    part.forEachRemaining(ranked::add);
    ranked.sort(Comparator.comparing(Tuple2::_1));
    List<GhostGroup<T>> groups = new ArrayList<>();
    for (int from = 0; from < ranked.size(); from += places.images) {
      int number = ranked.get(from)._1() / places.images;
      List<T> items = ranked.subList(from, from + places.images).stream().map(Tuple2::_2).toList();
      groups.add(new GhostGroup<>(number / places.groups, number, items));
    }
    return groups.iterator();
  }

  /** Which groups there are, in which batches. */
  public GhostGroups plan() {
    return plan;
  }

  /** How many batches there are: updates of an epoch. */
  public int batches() {
    return plan.batches();
  }

  /**
   * One round over a batch.
   *
   * @param what as Spark's pages call it
   * @param batch from 0
   * @param weights broadcast for this round alone
   * @return the sum over all groups of the batch
   */
  public <W extends Serializable, S extends Mergeable<S>> S round(
      String what, int batch, W weights, GroupWork<W, T, S> work) {
    Broadcast<W> sent = context.broadcast(weights);
    try {
      return JobDescription.during(context.sc(), what, () -> summed(batch, sent, work));
    } finally {
      // Groups do not depend on it: no lost partition asks for it again.
      sent.destroy();
    }
  }

  private <W extends Serializable, S extends Mergeable<S>> S summed(
      int batch, Broadcast<W> sent, GroupWork<W, T, S> work) {
    String name = engine;
    return PartialSums.merged(
        BatchLayout.only(groups, each, batch), part -> worked(part, sent, work, name));
  }

  private static <W extends Serializable, T, S extends Mergeable<S>> Iterator<S> worked(
      Iterator<GhostGroup<T>> part, Broadcast<W> sent, GroupWork<W, T, S> work, String engine) {
    return part.hasNext()
        ? List.of(work.over(part, sent.value(), ConvolutionEngines.create(engine))).iterator()
        : List.<S>of().iterator();
  }

  @Override
  public void close() {
    kept.close();
  }

  /**
   * Where ranks lie.
   *
   * @param images of a group
   * @param groups of a batch, but for the last one
   * @param each partitions of a batch
   */
  private record Places(int images, int groups, int batches, int each) implements Serializable {
    int partitions() {
      return batches * each;
    }

    int partitionOf(int rank) {
      int group = rank / images;
      return group / groups * each + group % groups % each;
    }
  }

  /** Sends a rank to its group's partition. */
  private static final class ByGroup extends Partitioner {
    private static final long serialVersionUID = 1;

    private final Places places;

    ByGroup(Places places) {
      this.places = places;
    }

    @Override
    public int numPartitions() {
      return places.partitions();
    }

    @Override
    public int getPartition(Object rank) {
      return places.partitionOf((Integer) rank);
    }
  }
}
