package org.deconvnet.spark.corpus;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.udf;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.spark.corpus.BalancedPartitions.Weighted;
import org.deconvnet.spark.corpus.PackedDescription.ClassFolder;
import org.deconvnet.spark.corpus.PackedDescription.Shard;
import org.deconvnet.words.Count;

/**
 * Shards that {@code pack} wrote: Parquet files of the images' original bytes, in the order of
 * their paths. Their lengths are checked when the corpus is opened, their pages' checksums when
 * they are read.
 */
final class PackedSource implements ImageSource {
  static final String SHARDS = "shards";

  private static final StructType STORED =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("content", DataTypes.BinaryType)
          .add("width", DataTypes.IntegerType)
          .add("height", DataTypes.IntegerType);

  private final SparkSession spark;
  private final String root;
  private final List<ClassFolder> folders;
  private final boolean filtered;

  private PackedSource(
      SparkSession spark, String root, List<ClassFolder> folders, boolean filtered) {
    this.spark = spark;
    this.root = root;
    this.folders = folders;
    this.filtered = filtered;
  }

  /** Whether a folder holds a packed corpus, whole or not. */
  static boolean isAt(FileSystem fileSystem, Path root) throws IOException {
    return fileSystem.exists(new Path(root, PackedDescription.FILE));
  }

  /**
   * @throws CorpusException if the description is not of a whole packed corpus of this version, or
   *     the shards are not those that it names
   */
  static PackedSource open(SparkSession spark, FileSystem fileSystem, Path root)
      throws IOException {
    PackedDescription description;
    try (InputStream in = fileSystem.open(new Path(root, PackedDescription.FILE))) {
      description = PackedDescription.read(in, root.toString());
    }
    requireShards(fileSystem, root, description.shards());
    return new PackedSource(spark, root.toString(), description.classes(), false);
  }

  private static void requireShards(FileSystem fileSystem, Path root, List<Shard> shards)
      throws IOException {
    Map<String, Long> found = lengths(fileSystem, new Path(root, SHARDS));
    for (Shard shard : shards) {
      Long length = found.remove(shard.file());
      if (length == null || length != shard.bytes()) {
        throw new CorpusException(
            "corpus %s: expected %s of %s, got %s; copy the corpus or pack it again"
                .formatted(
                    root,
                    shard.file(),
                    Count.of(shard.bytes(), "byte"),
                    length == null ? "none" : Count.of(length, "byte")));
      }
    }
    if (!found.isEmpty()) {
      throw new CorpusException(
          "corpus %s: expected the %s that %s names, got also %s; remove it"
              .formatted(
                  root,
                  Count.of(shards.size(), "shard"),
                  PackedDescription.FILE,
                  found.keySet().iterator().next()));
    }
  }

  private static Map<String, Long> lengths(FileSystem fileSystem, Path folder) throws IOException {
    Map<String, Long> lengths = new HashMap<>();
    try {
      for (FileStatus status : fileSystem.listStatus(folder)) {
        String name = status.getPath().getName();
        // An attempt at a shard that broke off has an underscore before its name.
        if (!name.startsWith(".") && !name.startsWith("_")) {
          lengths.put(name, status.getLen());
        }
      }
      return lengths;
    } catch (FileNotFoundException e) {
      // A folder without shards is named by the first of them.
      return lengths;
    }
  }

  @Override
  public SortedMap<String, Long> classes() {
    SortedMap<String, Long> classes = new TreeMap<>();
    folders.stream()
        .filter(folder -> folder.name() != null)
        .forEach(folder -> classes.put(folder.name(), folder.images()));
    return classes;
  }

  @Override
  public Set<String> classFolders() {
    return classes().keySet();
  }

  @Override
  public ImageSource only(Set<String> wanted) {
    List<ClassFolder> chosen =
        folders.stream().filter(f -> f.name() != null && wanted.contains(f.name())).toList();
    return new PackedSource(spark, root, chosen, true);
  }

  @Override
  public long files() {
    return folders.stream().mapToLong(ClassFolder::images).sum();
  }

  @Override
  public long bytes() {
    return folders.stream().mapToLong(ClassFolder::bytes).sum();
  }

  @Override
  public List<SkippedFile> refused() {
    return List.of();
  }

  @Override
  public Dataset<Row> read(int partitions) {
    Dataset<Row> rows = chosen();
    if (partitions > 0) {
      double total = folders.stream().mapToDouble(ClassFolder::pixels).sum();
      double from = BalancedPartitions.heavyFrom(total, partitions);
      List<Weighted> heavy = weights(rows.where(pixels().geq(from)));
      double light = total - heavy.stream().mapToDouble(Weighted::weight).sum();
      rows = dealt(rows, BalancedPartitions.of(heavy, Math.max(0, light), partitions), partitions);
    }
    return images(rows);
  }

  @Override
  public Dataset<Row> read(List<String> ids, int partitions) {
    // Shards are in the order of paths: Parquet passes over groups of rows without any of these.
    Dataset<Row> rows = chosen().where(col("path").isin(ids.toArray()));
    if (partitions > 0) {
      rows = dealt(rows, BalancedPartitions.of(weights(rows), 0, partitions), partitions);
    }
    return images(rows);
  }

  @Override
  public Optional<String> first() {
    // Of Parquet's columns the names alone are read.
    return Optional.ofNullable(chosen().agg(min(col("path"))).first().getString(0));
  }

  @Override
  public List<String> draw(int count, long seed) {
    UDF1<String, Long> rank = id -> BatchPlan.mix(id, seed);
    return chosen()
        .select(col("path"), udf(rank, DataTypes.LongType).apply(col("path")).as("rank"))
        .orderBy("rank", "path")
        .limit(count)
        .collectAsList()
        .stream()
        .sorted(Comparator.comparingLong(row -> row.getLong(1)))
        .map(row -> row.getString(0))
        .toList();
  }

  private Dataset<Row> chosen() {
    Dataset<Row> rows =
        spark
            .read()
            .schema(STORED)
            .option("parquet.page.verify-checksum.enabled", "true")
            .parquet(literally(new Path(root, SHARDS).toString()));
    return filtered ? rows.where(col("label").isin(classes().keySet().toArray())) : rows;
  }

  /** A path that means itself where Spark expects a pattern. */
  private static String literally(String path) {
    return path.replaceAll("[\\\\\\[\\]{}*?]", "\\\\$0");
  }

  private static Column pixels() {
    return col("width").cast("long").multiply(col("height"));
  }

  private static List<Weighted> weights(Dataset<Row> rows) {
    return rows.select(col("path"), pixels()).collectAsList().stream()
        .map(row -> new Weighted(row.getString(0), row.getLong(1)))
        .toList();
  }

  private static Dataset<Row> dealt(Dataset<Row> rows, BalancedPartitions plan, int partitions) {
    UDF1<String, Integer> place = plan::partitionOf;
    return rows.repartitionById(partitions, udf(place, DataTypes.IntegerType).apply(col("path")));
  }

  private static Dataset<Row> images(Dataset<Row> rows) {
    return rows.select("path", "content")
        .map((MapFunction<Row, Row>) PackedSource::image, Encoders.row(ImageCorpus.SCHEMA));
  }

  private static Row image(Row row) {
    String id = row.getString(0);
    if (id == null || row.isNullAt(1)) {
      throw new CorpusException(
          "packed image %s: expected a path and its bytes, got null; pack the corpus again"
              .formatted(id));
    }
    ImageId.requireBelow(id);
    return RowFactory.create(id, ImageId.classOf(id), row.get(1));
  }
}
