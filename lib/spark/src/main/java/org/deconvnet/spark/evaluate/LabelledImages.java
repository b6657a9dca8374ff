package org.deconvnet.spark.evaluate;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.label.LabelMap;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecodeException;
import org.deconvnet.preprocess.ImageDecoder;
import org.deconvnet.preprocess.ImageTooSmallException;
import org.deconvnet.preprocess.LabelDecoder;
import org.deconvnet.preprocess.MiddleCrop;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.LabelColumn;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.spark.config.ExperimentOptions.OnBadImage;
import org.deconvnet.spark.config.SegmentExperiment;
import org.deconvnet.spark.config.SegmentOptions;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.corpus.LabelledCorpus;
import org.deconvnet.spark.corpus.SkippedFile;
import org.deconvnet.spark.exec.PartitionLoop;
import org.deconvnet.spark.ml.ImageCrop;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.deconvnet.words.Count;

/**
 * Images and the labels of their pixels, resized and cut alike. An image without labels, or with
 * labels of another size, of unknown classes or of none at all, is named and skipped, or fails the
 * run.
 */
public final class LabelledImages {
  /** Column of the labels. */
  public static final String LABELS = "labels";

  /** What the id of a mirrored image ends with. */
  private static final String MIRRORED = "#mirrored";

  private LabelledImages() {}

  /**
   * What of each image is used: as the options say, or as large as the first image, by name.
   *
   * @throws CorpusException if no image can be read where the options say no size
   */
  public static ImageCrop crop(LabelledCorpus corpus, SegmentExperiment options) {
    SegmentOptions segment = options.segment();
    ImageCrop crop =
        new ImageCrop().setMaxPixels(options.corpus().maxPixels()).setUpright(segment.upright());
    Shape size =
        segment.rows() > 0
            ? new Shape(1, segment.rows(), segment.columns())
            : ImageSizes.first(corpus.images(), crop);
    return crop.setRows(size.height())
        .setColumns(size.width())
        .setResize(Math.min(size.height(), size.width()));
  }

  /**
   * Decodes a corpus once, and keeps it on the executors.
   *
   * @param crop what of an image is used
   * @return columns path, label (null), image and {@link #LABELS}
   * @throws CorpusException if no image is usable, or one is not and options say to fail
   */
  public static PreparedCorpus of(
      LabelledCorpus corpus,
      ImageCrop crop,
      LabelDecoder decoder,
      OnBadImage onBadImage,
      int partitions) {
    Dataset<Row> cropped = crop.transform(corpus.read(partitions));
    StructType out = cropped.schema().add(LABELS, LabelColumn.TYPE, true);
    Reading reading = new Reading(cropped.schema(), crop, decoder);
    Dataset<Row> all =
        PartitionLoop.over(cropped, out, rows -> new Mapped<>(rows, reading::of))
            .drop("content", LabelledCorpus.LABEL_FILE)
            .persist(StorageLevel.MEMORY_AND_DISK());
    List<SkippedFile> skipped = new ArrayList<>(corpus.refusedFiles());
    skipped.addAll(refused(all));
    Dataset<Row> images =
        all.where(col(ImagePreprocessor.ERROR).isNull()).drop(ImagePreprocessor.ERROR);
    long count = images.count();
    boolean fails = onBadImage == OnBadImage.FAIL && !skipped.isEmpty();
    if (count == 0 || fails) {
      all.unpersist();
      throw unusable(corpus, skipped, count);
    }
    return new PreparedCorpus(
        images, count, crop.getUpright(), List.of(), List.of(), skipped, List.of(all));
  }

  private static List<SkippedFile> refused(Dataset<Row> all) {
    return all
        .where(col(ImagePreprocessor.ERROR).isNotNull())
        .select("path", ImagePreprocessor.ERROR)
        .orderBy("path")
        .collectAsList()
        .stream()
        .map(row -> new SkippedFile(row.getString(0), row.getString(1)))
        .toList();
  }

  private static CorpusException unusable(
      LabelledCorpus corpus, List<SkippedFile> skipped, long count) {
    SkippedFile first = skipped.get(0);
    String expected =
        count == 0
            ? "images with labels"
            : "usable images and labels alone, since corpus.onBadImage is fail";
    return new CorpusException(
        "corpus %s: expected %s; got %s not usable; the first: %s: %s"
            .formatted(
                corpus.root(),
                expected,
                Count.of(skipped.size(), "file"),
                first.path(),
                first.reason()));
  }

  /** The same images, and each once more with left and right exchanged, under an id of its own. */
  public static Dataset<Row> withMirrored(Dataset<Row> images) {
    StructType schema = images.schema();
    int path = schema.fieldIndex("path");
    int image = schema.fieldIndex("image");
    int labels = schema.fieldIndex(LABELS);
    return images.union(
        PartitionLoop.over(
            images, schema, rows -> new Mapped<>(rows, row -> mirrored(row, path, image, labels))));
  }

  private static Row mirrored(Row row, int path, int image, int labels) {
    Object[] values = new Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    values[path] = row.getString(path) + MIRRORED;
    values[image] =
        FeatureMapsColumn.toRow(mirrored(FeatureMapsColumn.fromRow(row.getStruct(image))));
    values[labels] = LabelColumn.toRow(LabelColumn.fromRow(row.getStruct(labels)).mirrored());
    return RowFactory.create(values);
  }

  private static FeatureMaps mirrored(FeatureMaps maps) {
    FeatureMaps mirrored = FeatureMaps.zeros(maps.shape());
    int width = maps.width();
    for (int i = 0; i < maps.data().length; i++) {
      mirrored.data()[i] = maps.data()[i / width * width + width - 1 - i % width];
    }
    return mirrored;
  }

  /** What is made of an image's row: its labels, or why it is not usable. */
  private static final class Reading implements Serializable {
    private static final long serialVersionUID = 1;

    private final int path;
    private final int content;
    private final int labels;
    private final int error;
    private final MiddleCrop crop;
    private final boolean upright;
    private final DecodeLimits limits;
    private final LabelDecoder decoder;

    Reading(StructType schema, ImageCrop crop, LabelDecoder decoder) {
      path = schema.fieldIndex("path");
      content = schema.fieldIndex("content");
      labels = schema.fieldIndex(LabelledCorpus.LABEL_FILE);
      error = schema.fieldIndex(ImagePreprocessor.ERROR);
      this.crop = crop.toCrop();
      upright = crop.getUpright();
      limits = new DecodeLimits(crop.getMaxPixels(), DecodeLimits.DEFAULT.maxBytes());
      this.decoder = decoder;
    }

    Row of(Row row) {
      if (row.isNullAt(content)) {
        return refused(row, "expected an image of that name in images, got none");
      }
      if (!row.isNullAt(error)) {
        return Columns.append(row, (Object) null);
      }
      try {
        LabelMap cut = crop.labels(whole(row));
        if (cut.classes() == 0) {
          return refused(row, "labels: expected pixels with a class, got none of them");
        }
        return Columns.append(row, LabelColumn.toRow(cut));
      } catch (ImageDecodeException | ImageTooSmallException | UserErrorException e) {
        return refused(row, e.getMessage());
      }
    }

    private LabelMap whole(Row row) {
      if (row.isNullAt(labels)) {
        throw new UserErrorException(
            "expected labels %s, got none".formatted(LabelledCorpus.labelsOf(row.getString(path))));
      }
      LabelMap whole = decoder.decode(row.<byte[]>getAs(labels), limits);
      Shape image = ImageDecoder.size(row.<byte[]>getAs(content), limits, upright);
      if (image.height() != whole.height() || image.width() != whole.width()) {
        throw new UserErrorException(
            "labels: expected %d x %d pixels, height by width, as the image has, got %d x %d"
                .formatted(image.height(), image.width(), whole.height(), whole.width()));
      }
      return whole;
    }

    private Row refused(Row row, String reason) {
      Object[] values = new Object[row.size() + 1];
      for (int i = 0; i < row.size(); i++) {
        values[i] = i == error ? reason : row.get(i);
      }
      return RowFactory.create(values);
    }
  }
}
