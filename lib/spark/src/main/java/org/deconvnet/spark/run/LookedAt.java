package org.deconvnet.spark.run;

import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecodeException;
import org.deconvnet.preprocess.ImageDecoder;
import org.deconvnet.preprocess.Preprocessor;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.tensor.Shape;

/**
 * What the header of an image file says of its size.
 *
 * @param decodedBytes of its samples
 * @param preprocessed what a network sees of it, (C, H, W)
 */
record LookedAt(long decodedBytes, Shape preprocessed) {
  private static final StructType SCHEMA =
      new StructType()
          .add("decoded", DataTypes.LongType)
          .add("maps", DataTypes.IntegerType)
          .add("height", DataTypes.IntegerType)
          .add("width", DataTypes.IntegerType);

  LookedAt {
    Objects.requireNonNull(preprocessed, "preprocessed");
  }

  /**
   * The first images in the order that a seed puts a corpus into: those, too, that a run with this
   * seed learns from. They are read where tasks run, and not decoded. Files that cannot be used are
   * left out.
   *
   * @param atMost so many files are read, at least 1
   */
  static List<LookedAt> drawn(
      ImageCorpus corpus, ImagePreprocessor preprocessor, int atMost, long seed) {
    Preprocessor work = new Preprocessor(preprocessor.toOptions());
    DecodeLimits limits =
        new DecodeLimits(preprocessor.getMaxPixels(), DecodeLimits.DEFAULT.maxBytes());
    // Rows of a packed corpus do not know their schema.
    int content = ImageCorpus.SCHEMA.fieldIndex("content");
    MapFunction<Row, Row> look = row -> look((byte[]) row.get(content), work, limits);
    return corpus
        .read(corpus.draw(atMost, seed), 1)
        .map(look, Encoders.row(SCHEMA))
        .collectAsList()
        .stream()
        .filter(row -> row.getLong(0) > 0)
        .map(
            row ->
                new LookedAt(
                    row.getLong(0), new Shape(row.getInt(1), row.getInt(2), row.getInt(3))))
        .toList();
  }

  private static Row look(byte[] content, Preprocessor work, DecodeLimits limits) {
    try {
      Shape size = ImageDecoder.size(content, limits, work.options().upright());
      Shape out = work.outputShape(size);
      long decoded = ImageDecoder.decodedBytes(content, limits);
      return RowFactory.create(decoded, out.maps(), out.height(), out.width());
    } catch (ImageDecodeException | IllegalArgumentException e) {
      // The run names it and says why.
      return RowFactory.create(0L, 0, 0, 0);
    }
  }
}
