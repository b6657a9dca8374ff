package org.deconvnet.spark.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.spark.corpus.BalancedPartitions.Weighted;
import org.deconvnet.words.Count;

/**
 * Loose files. The driver lists them once and keeps names and lengths, about 100 bytes a file, so
 * it can deal them out by their bytes; Spark's {@code binaryFile} source would list them a second
 * time, cut them on its own, and fail the run on a file above its limit.
 */
final class FileSource implements ImageSource {
  /** Opening a file costs about as much as reading and decoding so many bytes. */
  static final long OPENING = 512 << 10;

  private static final long BYTES_OF_A_PARTITION = 64 << 20;

  private final SparkSession spark;
  private final Path root;
  private final Set<String> classFolders;
  private final List<ImageFile> files;
  private final List<SkippedFile> refused;

  private FileSource(
      SparkSession spark,
      Path root,
      Set<String> classFolders,
      List<ImageFile> files,
      List<SkippedFile> refused) {
    this.spark = spark;
    this.root = root;
    this.classFolders = classFolders;
    this.files = files;
    this.refused = refused;
  }

  static FileSource list(SparkSession spark, FileSystem fileSystem, Path root) throws IOException {
    List<ImageFile> files = new ArrayList<>();
    List<SkippedFile> refused = new ArrayList<>();
    Set<String> folders = new CorpusWalk(fileSystem, root, files::add, refused::add).run();
    return new FileSource(spark, root, folders, files, refused);
  }

  /** Why a file of this length is no image, or null. */
  static String refusal(ImageFile file) {
    if (file.length() == 0) {
      return "empty file: expected an image, got 0 bytes";
    }
    long most = DecodeLimits.DEFAULT.maxBytes();
    return file.length() <= most
        ? null
        : "expected at most %d bytes, got %d; leave the file out".formatted(most, file.length());
  }

  @Override
  public SortedMap<String, Long> classes() {
    SortedMap<String, Long> classes = new TreeMap<>();
    for (ImageFile file : files) {
      String name = ImageId.classOf(file.id());
      if (name != null) {
        classes.merge(name, 1L, Long::sum);
      }
    }
    return classes;
  }

  @Override
  public Set<String> classFolders() {
    return classFolders;
  }

  @Override
  public ImageSource only(Set<String> wanted) {
    return new FileSource(
        spark,
        root,
        classFolders.stream().filter(wanted::contains).collect(Collectors.toSet()),
        files.stream().filter(f -> isOf(wanted, f.id())).toList(),
        refused.stream().filter(f -> isOf(wanted, f.path()) || isInRoot(f.path())).toList());
  }

  /** A file of no class, or a class folder that is refused as a whole. */
  private static boolean isInRoot(String path) {
    int slash = path.indexOf('/');
    return slash < 0 || slash == path.length() - 1;
  }

  private static boolean isOf(Set<String> wanted, String id) {
    String name = ImageId.classOf(id);
    return name != null && wanted.contains(name);
  }

  @Override
  public long files() {
    return (long) files.size() + refused.size();
  }

  @Override
  public long bytes() {
    return files.stream().mapToLong(ImageFile::length).sum();
  }

  @Override
  public List<SkippedFile> refused() {
    return List.copyOf(refused);
  }

  @Override
  public Dataset<Row> read(int partitions) {
    return dealtOut(files, partitions);
  }

  @Override
  public Dataset<Row> read(List<String> ids, int partitions) {
    Set<String> wanted = new HashSet<>(ids);
    return dealtOut(files.stream().filter(f -> wanted.contains(f.id())).toList(), partitions);
  }

  @Override
  public Optional<String> first() {
    return files.stream()
        .map(ImageFile::id)
        .min(Comparator.comparing(id -> id.getBytes(UTF_8), Arrays::compareUnsigned));
  }

  @Override
  public List<String> draw(int count, long seed) {
    return files.stream()
        .map(ImageFile::id)
        .sorted(Comparator.comparingLong((String id) -> BatchPlan.mix(id, seed)))
        .limit(count)
        .toList();
  }

  private Dataset<Row> dealtOut(List<ImageFile> chosen, int partitions) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<ArrayList<ImageFile>> parts = dealt(chosen, partitions);
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    String folder = root.toString();
    return spark.createDataFrame(
        context
            .parallelize(parts, parts.size())
            .flatMap(part -> new Mapped<>(part.iterator(), file -> row(hadoop, folder, file.id()))),
        ImageCorpus.SCHEMA);
  }

  private List<ArrayList<ImageFile>> dealt(List<ImageFile> chosen, int partitions) {
    List<Weighted> weights =
        chosen.stream().map(f -> new Weighted(f.id(), f.length() + OPENING)).toList();
    int count = partitions > 0 ? partitions : partitions(weights);
    BalancedPartitions plan = BalancedPartitions.of(weights, 0, count);
    List<ArrayList<ImageFile>> parts = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      parts.add(new ArrayList<>());
    }
    chosen.forEach(file -> parts.get(plan.partitionOf(file.id())).add(file));
    return parts;
  }

  private int partitions(List<Weighted> weights) {
    double total = weights.stream().mapToDouble(Weighted::weight).sum();
    int parallel = 2 * spark.sparkContext().defaultParallelism();
    double wanted = Math.max(parallel, Math.ceil(total / BYTES_OF_A_PARTITION));
    return (int) Math.max(1, Math.min(wanted, weights.size()));
  }

  private static Row row(SerializableConfiguration hadoop, String folder, String id) {
    return RowFactory.create(id, ImageId.classOf(id), content(hadoop, new Path(folder), id));
  }

  /**
   * A file's bytes.
   *
   * @throws UncheckedIOException naming the file
   */
  static byte[] content(SerializableConfiguration hadoop, Path root, String id) {
    try {
      return CorpusFolder.of(root.getFileSystem(hadoop.value()), root).content(id);
    } catch (IOException | IllegalArgumentException e) {
      throw new UncheckedIOException(
          "image %s of %s: cannot be read: %s".formatted(id, root, e), asIoException(e));
    }
  }

  /** Hadoop refuses names that it cannot express by the latter. */
  private static IOException asIoException(Exception failure) {
    return failure instanceof IOException io ? io : new IOException(failure);
  }

  /** A file that grew since it was listed is refused by its length, not read to its end. */
  static byte[] whole(InputStream in, long length) throws IOException {
    return whole(in, length, (int) DecodeLimits.DEFAULT.maxBytes() + 1);
  }

  /**
   * A file's bytes up to a limit. Some file systems end a file early when its connection breaks:
   * that fails the task, which is tried again, and must not pass for a damaged image.
   */
  static byte[] whole(InputStream in, long length, int limit) throws IOException {
    byte[] content = in.readNBytes(limit);
    if (content.length < Math.min(length, limit)) {
      throw new EOFException(
          "expected %s, got %d; the connection broke off, or the file is being written"
              .formatted(Count.of(length, "byte"), content.length));
    }
    return content;
  }
}
