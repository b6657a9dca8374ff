package org.deconvnet.spark.corpus;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.words.Count;

/**
 * A folder of images: loose files, or the shards that {@code pack} made of them, with the same ids
 * and classes. The first folder below the root is an image's class; images that lie in the root
 * itself have none. An image's id is its path below the root, so moving the corpus changes no split
 * and no batch. {@link HiddenNames} are passed over. Immutable.
 */
public final class ImageCorpus {
  /** Rows of {@link #read}: id, class or null, and the file's bytes. */
  public static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("label", DataTypes.StringType, true)
          .add("content", DataTypes.BinaryType, false);

  private final String root;
  private final SortedMap<String, Long> classes;
  private final ImageSource source;

  private ImageCorpus(String root, ImageSource source) {
    this.root = root;
    this.classes = source.classes();
    this.source = source;
  }

  /**
   * Lists a corpus. A folder with a {@code corpus.json} is a packed one.
   *
   * @param exclude classes to leave out
   * @param atMost use the first so many classes by name; 0 for all
   * @throws NoSuchClassException if a class to leave out is not there
   * @throws CorpusException if the folder is missing, not readable or holds no file, has fewer
   *     classes than {@code atMost}, or is a packed corpus that is damaged, unfinished or foreign
   */
  public static ImageCorpus open(
      SparkSession spark, String folder, Set<String> exclude, int atMost) {
    Path path = FolderAddress.of(spark, "corpus", folder);
    try {
      FileSystem fileSystem = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      Path root = fileSystem.makeQualified(path);
      ImageSource all =
          PackedSource.isAt(fileSystem, root)
              ? PackedSource.open(spark, fileSystem, root)
              : FileSource.list(spark, fileSystem, root);
      Set<String> there = all.classes().keySet();
      Set<String> wanted = chosen(there, exclude, atMost);
      ImageSource source = wanted.size() < there.size() ? all.only(wanted) : all;
      if (source.files() == 0) {
        throw new CorpusException(
            "corpus %s: expected image files, got an empty folder; check the path".formatted(root));
      }
      requireThere(root.toString(), exclude, there);
      if (wanted.size() < atMost) {
        throw new CorpusException(
            "corpus %s: expected at least the %s that are asked for, got %d; ask for fewer"
                .formatted(root, Count.of(atMost, "class"), wanted.size()));
      }
      return new ImageCorpus(root.toString(), source);
    } catch (FileNotFoundException e) {
      throw missing(folder, e);
    } catch (IOException e) {
      throw unlisted(folder, e);
    }
  }

  static CorpusException missing(String folder, Throwable cause) {
    return new CorpusException(
        "corpus %s: expected a folder of images, got nothing there; check --input"
            .formatted(folder),
        cause);
  }

  static CorpusException unlisted(String folder, IOException cause) {
    return new CorpusException(
        "corpus %s: cannot be listed: %s".formatted(folder, cause.getMessage()), cause);
  }

  /** No file of a corpus is an image. */
  public static CorpusException withoutImages(String root, List<SkippedFile> skipped) {
    return new CorpusException(
        "corpus %s: expected images, got %s and no image; the first: %s"
            .formatted(
                root,
                Count.of(skipped.size(), "file"),
                skipped.isEmpty()
                    ? "none"
                    : skipped.get(0).path() + ": " + skipped.get(0).reason()));
  }

  /** A name that excludes nothing is misspelt, and what it was to keep out is learned from. */
  private static void requireThere(String root, Set<String> exclude, Set<String> classes) {
    for (String name : new TreeSet<>(exclude)) {
      if (!classes.contains(name)) {
        throw new NoSuchClassException(root, name, classes);
      }
    }
  }

  private static Set<String> chosen(Set<String> classes, Set<String> exclude, int atMost) {
    Set<String> chosen = new TreeSet<>();
    for (String name : classes) {
      if (!exclude.contains(name) && (atMost == 0 || chosen.size() < atMost)) {
        chosen.add(name);
      }
    }
    return chosen;
  }

  /**
   * The class folders, sorted by name.
   *
   * @throws CorpusException if there are fewer than two: there is nothing to tell apart
   */
  public List<String> requireClasses() {
    if (classes.size() < 2) {
      throw new CorpusException(
          ("corpus %s: expected at least two class folders with images, got %d %s;"
                  + " put the images of each class into a folder of its own")
              .formatted(root, classes.size(), classes.keySet()));
    }
    return classes();
  }

  /**
   * Class folders with a file that may be an image, as the listing shows. Whether it is one shows
   * when it is decoded.
   */
  public List<String> classes() {
    return List.copyOf(classes.keySet());
  }

  /** All class folders, those too that hold no file that may be an image; in any order. */
  public Set<String> classFolders() {
    return Set.copyOf(source.classFolders());
  }

  /** How many files of each class folder may be images. */
  public SortedMap<String, Long> filesOfClasses() {
    return Collections.unmodifiableSortedMap(classes);
  }

  /** The images of these classes alone. */
  public ImageCorpus only(Set<String> wanted) {
    return new ImageCorpus(root, source.only(wanted));
  }

  public String root() {
    return root;
  }

  /**
   * What cannot be an image, as the listing shows: files that are empty or above the limit, names
   * that cannot be read, and folders that an earlier run wrote.
   */
  public List<SkippedFile> refusedFiles() {
    return source.refused();
  }

  /** All files, refused ones and strays included. */
  public long files() {
    return source.files();
  }

  public long bytes() {
    return source.bytes();
  }

  /** The files' bytes, {@link #SCHEMA}, in partitions of about equal work. Lazy. */
  public Dataset<Row> read() {
    return source.read(0);
  }

  /**
   * The files' bytes, {@link #SCHEMA}. Lazy.
   *
   * @param partitions so many, about equal in bytes (loose files) or pixels (packed); 0: as many as
   *     the work asks for
   */
  public Dataset<Row> read(int partitions) {
    return source.read(partitions);
  }

  /** These images alone, as {@link #read(int)} reads all. */
  public Dataset<Row> read(List<String> ids, int partitions) {
    return source.read(ids, partitions);
  }

  /**
   * The first id by name, in the order of UTF-8 bytes; empty where no file may be an image. Reads
   * no image.
   */
  public Optional<String> first() {
    return source.first();
  }

  /**
   * The first so many ids in the order that a seed puts all of them into, fewer if there are fewer.
   */
  public List<String> draw(int count, long seed) {
    return source.draw(count, seed);
  }
}
