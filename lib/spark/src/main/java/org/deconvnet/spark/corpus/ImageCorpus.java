package org.deconvnet.spark.corpus;

import static org.apache.spark.sql.functions.col;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A folder of images, read through Spark's {@code binaryFile} source. The first folder below the
 * root is an image's class; images that lie in the root itself have none. An image's id is its path
 * below the root, so moving the corpus changes no split and no batch.
 *
 * <p>The driver lists the folder once: {@code binaryFile} drops empty files without a word, and a
 * listing names them. Names that start with a dot or an underscore are hidden, as everywhere in
 * Spark. Immutable.
 */
public final class ImageCorpus {
  /** Rows of {@link #read}: id, class or null, and the file's bytes. */
  public static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("label", DataTypes.StringType, true)
          .add("content", DataTypes.BinaryType, false);

  private final SparkSession spark;
  private final String root;
  private final List<String> classes;
  private final List<String> folders;
  private final List<SkippedFile> empty;
  private final long files;
  private final long bytes;

  private ImageCorpus(
      SparkSession spark, String root, Set<String> classes, boolean filtered, Listing listing) {
    this.spark = spark;
    this.root = root;
    this.classes = List.copyOf(classes);
    this.folders =
        filtered ? classes.stream().map(c -> new Path(root, c).toString()).toList() : List.of(root);
    this.empty = List.copyOf(listing.empty);
    this.files = listing.files;
    this.bytes = listing.bytes;
  }

  /**
   * Lists a corpus.
   *
   * @param exclude classes to leave out
   * @param atMost use the first so many classes by name; 0 for all
   * @throws CorpusException if the folder is missing, not readable or holds no file
   */
  public static ImageCorpus open(
      SparkSession spark, String folder, Set<String> exclude, int atMost) {
    Path path = new Path(folder);
    try {
      FileSystem fileSystem = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      String root = fileSystem.makeQualified(path).toString();
      Listing all = new Listing(root, null);
      all.walk(fileSystem, path);
      Set<String> wanted = chosen(all.classes, exclude, atMost);
      boolean filtered = wanted.size() < all.classes.size();
      Listing listing = filtered ? new Listing(root, wanted) : all;
      if (filtered) {
        listing.walk(fileSystem, path);
      }
      if (listing.files == 0) {
        throw new CorpusException(
            "corpus %s: expected image files, got an empty folder; check the path".formatted(root));
      }
      return new ImageCorpus(spark, root, wanted, filtered, listing);
    } catch (FileNotFoundException e) {
      throw new CorpusException(
          "corpus %s: expected a folder of images, got nothing there; check --input"
              .formatted(folder),
          e);
    } catch (IOException e) {
      throw new CorpusException(
          "corpus %s: cannot be listed: %s".formatted(folder, e.getMessage()), e);
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
   * The classes, sorted by name.
   *
   * @throws CorpusException if there are fewer than two: there is nothing to tell apart
   */
  public List<String> requireClasses() {
    if (classes.size() < 2) {
      throw new CorpusException(
          ("corpus %s: expected at least two class folders with images, got %d %s;"
                  + " put the images of each class into a folder of its own")
              .formatted(root, classes.size(), classes));
    }
    return classes;
  }

  public List<String> classes() {
    return classes;
  }

  public String root() {
    return root;
  }

  /** Files that hold no byte. */
  public List<SkippedFile> emptyFiles() {
    return empty;
  }

  /** All files listed, empty ones and strays included. */
  public long files() {
    return files;
  }

  public long bytes() {
    return bytes;
  }

  /** The files' bytes, {@link #SCHEMA}. Lazy. */
  public Dataset<Row> read() {
    int prefix = root.length() + (root.endsWith("/") ? 0 : 1);
    return spark
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", "true")
        .load(folders.toArray(String[]::new))
        .select(col("path"), col("content"))
        .map(
            (MapFunction<Row, Row>)
                row -> {
                  String id = row.getString(0).substring(prefix);
                  return RowFactory.create(id, classOf(id), row.get(1));
                },
            Encoders.row(SCHEMA));
  }

  private static String classOf(String id) {
    int slash = id.indexOf('/');
    return slash < 0 ? null : id.substring(0, slash);
  }

  /** What walking the folder finds. */
  private static final class Listing {
    private final String root;
    private final Set<String> wanted;
    private final Set<String> classes = new TreeSet<>();
    private final List<SkippedFile> empty = new ArrayList<>();
    private long files;
    private long bytes;

    Listing(String root, Set<String> wanted) {
      this.root = root;
      this.wanted = wanted;
    }

    void walk(FileSystem fileSystem, Path path) throws IOException {
      RemoteIterator<LocatedFileStatus> all = fileSystem.listFiles(path, true);
      while (all.hasNext()) {
        LocatedFileStatus file = all.next();
        String id = file.getPath().toString().substring(root.length()).replaceFirst("^/", "");
        if (!hidden(id) && (wanted == null || wanted.contains(String.valueOf(classOf(id))))) {
          add(id, file.getLen());
        }
      }
    }

    private static boolean hidden(String id) {
      for (String part : id.split("/", -1)) {
        if (part.startsWith(".") || part.startsWith("_")) {
          return true;
        }
      }
      return false;
    }

    private void add(String id, long length) {
      files++;
      bytes += length;
      if (length == 0) {
        empty.add(new SkippedFile(id, "empty file: expected an image, got 0 bytes"));
      } else if (classOf(id) != null) {
        classes.add(classOf(id));
      }
    }
  }
}
