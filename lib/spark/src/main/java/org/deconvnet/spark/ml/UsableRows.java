package org.deconvnet.spark.ml;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.exec.PartitionLoop;
import org.deconvnet.tensor.UserErrorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that an estimator can learn from. Invalid ones are left out and counted, or end the job,
 * as {@link InvalidRowParams} say. For one thread.
 */
final class UsableRows {
  private static final Logger LOG = LoggerFactory.getLogger(UsableRows.class);

  private final String stage;
  private final StructType schema;
  private final JavaRDD<Row> rows;
  private final LeftOutByPartition leftOut = new LeftOutByPartition();

  /**
   * @param columns that must not be null, in the order they are wanted
   */
  UsableRows(Dataset<?> dataset, InvalidRowParams<?> owner, String... columns) {
    Dataset<Row> needed = needed(dataset.toDF(), owner.getIdCol(), columns);
    dataset.sparkSession().sparkContext().register(leftOut);
    stage = owner.uid();
    schema = needed.schema();
    RowCheck check = RowCheck.of(schema, owner, columns);
    LeftOutByPartition total = leftOut;
    rows = PartitionLoop.numbered(needed, (index, part) -> new Checked(part, check, index, total));
  }

  /** These columns, and those that say which row is invalid and why. */
  private static Dataset<Row> needed(Dataset<Row> all, String id, String... columns) {
    Set<String> names = new LinkedHashSet<>(Arrays.asList(columns));
    List<String> there = Arrays.asList(all.columns());
    for (String name : List.of(id, ImagePreprocessor.ERROR)) {
      if (there.contains(name)) {
        names.add(name);
      }
    }
    return all.select(names.stream().map(Columns::named).toArray(Column[]::new));
  }

  StructType schema() {
    return schema;
  }

  JavaRDD<Row> rows() {
    return rows;
  }

  /** Throws if there is no row, or all are invalid. Looks no further than the first valid one. */
  UsableRows requireAny() {
    if (rows.isEmpty()) {
      requireAny(List.of());
    }
    return this;
  }

  /** As above, of rows that have been collected. */
  <T> List<T> requireAny(List<T> collected) {
    LeftOut all = leftOut.value();
    if (collected.isEmpty()) {
      throw new UserErrorException(
          "%s: expected at least one usable row, got ".formatted(stage)
              + (all.rows() == 0
                  ? "no row at all"
                  : "%d, none of them usable; the first: %s".formatted(all.rows(), all.example())));
    }
    return collected;
  }

  /** Says in the log how many rows were left out, once all have been passed over. */
  long reportLeftOut() {
    LeftOut all = leftOut.value();
    if (all.rows() > 0) {
      LOG.warn("{}: {} rows left out; the first: {}", stage, all.rows(), all.example());
    }
    return all.rows();
  }

  /** A partition's valid rows. What is left out is known at its end. */
  private static final class Checked implements Iterator<Row> {
    private final Iterator<Row> source;
    private final RowCheck check;
    private final int partition;
    private final LeftOutByPartition total;
    private LeftOut left = LeftOut.NONE;
    private Row next;

    Checked(Iterator<Row> source, RowCheck check, int partition, LeftOutByPartition total) {
      this.source = source;
      this.check = check;
      this.partition = partition;
      this.total = total;
    }

    @Override
    public boolean hasNext() {
      while (next == null && source.hasNext()) {
        offer(source.next());
      }
      if (next == null && left.rows() > 0) {
        total.add(Map.entry(partition, left));
      }
      return next != null;
    }

    private void offer(Row row) {
      String problem = check.problem(row);
      if (problem == null) {
        next = row;
      } else {
        check.mayPass(row, problem);
        left = left.plus(new LeftOut(1, check.named(row, problem)));
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = next;
      next = null;
      return row;
    }
  }
}
