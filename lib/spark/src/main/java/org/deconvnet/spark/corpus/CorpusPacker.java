package org.deconvnet.spark.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.deconvnet.spark.corpus.PackedDescription.ClassFolder;

/**
 * Packs loose files into shards that Spark reads in large pieces. Shards follow from the files'
 * paths and lengths alone: the same corpus gives the same bytes on any cluster. The driver holds
 * the names of one folder and of one shard at a time; a task holds one image and one group of rows.
 * For one thread.
 */
public final class CorpusPacker {
  private static final String LISTS = "_lists";

  private final SparkSession spark;
  private final FileSystem fileSystem;
  private final Path root;
  private final List<SkippedFile> skipped = new ArrayList<>();

  private CorpusPacker(SparkSession spark, FileSystem fileSystem, Path root) {
    this.spark = spark;
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /**
   * What was packed.
   *
   * @param bytes of the images' files
   * @param skipped files that are no images, by path
   */
  public record Packed(long images, long bytes, int shards, List<SkippedFile> skipped) {}

  /**
   * Opens a folder of loose files.
   *
   * @throws CorpusException if there is none, or a packed corpus
   */
  public static CorpusPacker of(SparkSession spark, String input) {
    Path path = FolderAddress.of(spark, "corpus", input);
    try {
      FileSystem fileSystem = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!fileSystem.exists(path)) {
        throw ImageCorpus.missing(input, null);
      }
      if (PackedSource.isAt(fileSystem, path)) {
        throw new CorpusException(
            "corpus %s: expected loose image files, got a packed corpus; use it as it is"
                .formatted(input));
      }
      return new CorpusPacker(spark, fileSystem, fileSystem.makeQualified(path));
    } catch (IOException e) {
      throw ImageCorpus.unlisted(input, e);
    }
  }

  private Path qualified(String folder) {
    Path path = new Path(folder);
    try {
      return path.getFileSystem(spark.sparkContext().hadoopConfiguration()).makeQualified(path);
    } catch (IOException e) {
      throw new UncheckedIOException("output %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /**
   * Packs the corpus.
   *
   * @param output an empty folder
   * @param bytesOfAShard a shard is full when its images hold so many bytes
   * @throws CorpusException if no file is an image
   */
  public Packed pack(String output, long bytesOfAShard) {
    Path folder = qualified(output);
    try {
      FileSystem to = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
      describe(to, folder, PackedDescription.of(false, List.of(), List.of()));
      Path lists = new Path(folder, LISTS);
      ShardPlan plan = new ShardPlan(to, lists, bytesOfAShard);
      new CorpusWalk(fileSystem, root, plan::add, skipped::add).run();
      List<ShardWriter.Written> written = write(plan.finish(), lists, folder);
      to.delete(lists, true);
      return finish(to, folder, written);
    } catch (IOException e) {
      throw new UncheckedIOException("packing %s: %s".formatted(root, e.getMessage()), e);
    }
  }

  private List<ShardWriter.Written> write(int shards, Path lists, Path folder) {
    if (shards == 0) {
      return List.of();
    }
    ShardWriter writer =
        new ShardWriter(
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()),
            root.toString(),
            lists.toString(),
            new Path(folder, PackedSource.SHARDS).toString());
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(IntStream.range(0, shards).boxed().toList(), shards)
        .map(writer::write)
        .collect();
  }

  private Packed finish(FileSystem to, Path folder, List<ShardWriter.Written> written)
      throws IOException {
    written.forEach(shard -> skipped.addAll(shard.skipped()));
    skipped.sort(Comparator.comparing(SkippedFile::path));
    List<ClassFolder> classes = classes(written);
    long images = classes.stream().mapToLong(ClassFolder::images).sum();
    if (images == 0) {
      throw ImageCorpus.withoutImages(root.toString(), skipped);
    }
    describe(
        to,
        folder,
        PackedDescription.of(
            true, classes, written.stream().map(ShardWriter.Written::shard).toList()));
    long bytes = classes.stream().mapToLong(ClassFolder::bytes).sum();
    return new Packed(images, bytes, written.size(), List.copyOf(skipped));
  }

  /** Sums over shards, by name; images without a class come first. */
  private static List<ClassFolder> classes(List<ShardWriter.Written> written) {
    Map<String, ClassFolder> sums = new TreeMap<>();
    written.stream()
        .flatMap(shard -> shard.classes().stream())
        .forEach(c -> sums.merge(c.name() == null ? "" : c.name(), c, ClassFolder::plus));
    return List.copyOf(sums.values());
  }

  private static void describe(FileSystem to, Path folder, PackedDescription description)
      throws IOException {
    Path file = new Path(folder, PackedDescription.FILE);
    try (var out = WholeFile.withoutChecksums(to).create(file, true)) {
      out.write(description.toJson().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }
}
