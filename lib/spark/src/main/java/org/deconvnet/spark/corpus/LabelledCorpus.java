package org.deconvnet.spark.corpus;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * Images whose pixels have labels: a folder with {@code images/} and {@code labels/}, loose or
 * packed. The labels of {@code images/a/b.jpg} are {@code labels/a/b.png}. Immutable.
 */
public final class LabelledCorpus {
  /** Folder of the images. */
  public static final String IMAGES = "images";

  /** Folder of their labels. */
  public static final String LABELS = "labels";

  /** Column of {@link #read}: bytes of the labels' file, null where there is none. */
  public static final String LABEL_FILE = "labelFile";

  private static final String NAME = "name";
  private static final Column NO_CLASS = lit(null).cast(DataTypes.StringType);

  private final ImageCorpus images;
  private final ImageCorpus labels;

  private LabelledCorpus(ImageCorpus both) {
    images = both.only(Set.of(IMAGES));
    labels = both.only(Set.of(LABELS));
  }

  /**
   * @throws CorpusException if there is no corpus, or a folder of the two is missing or empty
   */
  public static LabelledCorpus open(SparkSession spark, String folder) {
    ImageCorpus both = ImageCorpus.open(spark, folder, Set.of(), 0);
    for (String name : List.of(IMAGES, LABELS)) {
      if (!both.classes().contains(name)) {
        throw new CorpusException(
            "corpus %s: expected folders images and labels with files in them, got %s; labels are PNG files named as their images"
                .formatted(both.root(), both.classes()));
      }
    }
    return new LabelledCorpus(both);
  }

  public String root() {
    return images.root();
  }

  /** The images alone; for whoever needs no labels. */
  public ImageCorpus images() {
    return images;
  }

  /** Files that cannot be images or labels, and labels that no image has. */
  public List<SkippedFile> unpaired() {
    List<SkippedFile> files = new ArrayList<>(images.refusedFiles());
    labels.refusedFiles().stream().filter(file -> !files.contains(file)).forEach(files::add);
    named(labels)
        .select(col("path"), col(NAME))
        .join(named(images).select(NAME), names(), "left_anti")
        .select("path")
        .orderBy("path")
        .collectAsList()
        .forEach(row -> files.add(withoutImage(row.getString(0))));
    return files;
  }

  private static SkippedFile withoutImage(String labels) {
    return new SkippedFile(labels, "expected an image of that name in images, got none");
  }

  /**
   * The images' bytes, {@link ImageCorpus#SCHEMA} without a class, and {@link #LABEL_FILE}. Lazy.
   *
   * @param partitions of the images, as {@link ImageCorpus#read(int)} has them; 0: as many as the
   *     work asks for
   */
  public Dataset<Row> read(int partitions) {
    Dataset<Row> labelled =
        named(labels).where(isPng()).select(col(NAME), col("content").as(LABEL_FILE));
    return named(images.read(partitions))
        .join(labelled, names(), "left_outer")
        .select(col("path"), NO_CLASS.as("label"), col("content"), col(LABEL_FILE));
  }

  /** The name of an image's labels: what a message says is missing. */
  public static String labelsOf(String id) {
    return LABELS + "/" + name(id) + ".png";
  }

  private static Dataset<Row> named(ImageCorpus corpus) {
    return named(corpus.read());
  }

  private static Dataset<Row> named(Dataset<Row> rows) {
    UDF1<String, String> name = LabelledCorpus::name;
    return rows.withColumn(NAME, udf(name, DataTypes.StringType).apply(col("path")));
  }

  private static Column isPng() {
    UDF1<String, Boolean> png = path -> path.toLowerCase(Locale.ROOT).endsWith(".png");
    return udf(png, DataTypes.BooleanType).apply(col("path"));
  }

  private static String[] names() {
    return new String[] {NAME};
  }

  /** A path below its folder, without its extension. */
  private static String name(String id) {
    String below = id.substring(id.indexOf('/') + 1);
    int point = below.lastIndexOf('.');
    return point > below.lastIndexOf('/') + 1 ? below.substring(0, point) : below;
  }
}
