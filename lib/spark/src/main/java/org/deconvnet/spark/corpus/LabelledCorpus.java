package org.deconvnet.spark.corpus;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.util.LinkedHashSet;
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

  /** What cannot be an image or labels, as the listing shows. */
  public List<SkippedFile> refusedFiles() {
    Set<SkippedFile> files = new LinkedHashSet<>(images.refusedFiles());
    files.addAll(labels.refusedFiles());
    return List.copyOf(files);
  }

  /**
   * The images' bytes, {@link ImageCorpus#SCHEMA} without a class, and {@link #LABEL_FILE}. Labels
   * of no image have a row without content. Lazy.
   *
   * @param partitions so many; 0: as many as the work asks for
   */
  public Dataset<Row> read(int partitions) {
    Dataset<Row> files = images.read(partitions);
    int parts = files.rdd().getNumPartitions();
    Dataset<Row> pictures = files.select(name().as(NAME), col("path"), col("content"));
    Dataset<Row> labelled =
        labels
            .read()
            .select(name().as(NAME), col("path").as(LABELS), col("content").as(LABEL_FILE));
    return pictures
        .join(labelled, new String[] {NAME}, "outer")
        .select(
            coalesce(col("path"), col(LABELS)).as("path"),
            lit(null).cast(DataTypes.StringType).as("label"),
            col("content"),
            col(LABEL_FILE))
        // A join has as many partitions as Spark's settings say, for few images far too many.
        .coalesce(parts);
  }

  /** The name of an image's labels: what a message says is missing. */
  public static String labelsOf(String id) {
    return LABELS + "/" + name(id) + ".png";
  }

  private static Column name() {
    UDF1<String, String> name = LabelledCorpus::name;
    return udf(name, DataTypes.StringType).apply(col("path"));
  }

  /** A path below its folder, without its extension; labels that are no PNG file belong to none. */
  private static String name(String id) {
    if (id.startsWith(LABELS + "/") && !id.toLowerCase(Locale.ROOT).endsWith(".png")) {
      return id;
    }
    String below = id.substring(id.indexOf('/') + 1);
    int point = below.lastIndexOf('.');
    return point > below.lastIndexOf('/') + 1 ? below.substring(0, point) : below;
  }
}
