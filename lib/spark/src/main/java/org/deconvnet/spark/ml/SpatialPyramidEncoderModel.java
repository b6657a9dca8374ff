package org.deconvnet.spark.ml;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.conv.ConvolutionEngines;
import org.deconvnet.features.Descriptors;
import org.deconvnet.layer.NpyFormat;
import org.deconvnet.pyramid.Codebook;
import org.deconvnet.pyramid.NearestWords;
import org.deconvnet.pyramid.PyramidCode;
import org.deconvnet.pyramid.PyramidOptions;
import org.deconvnet.pyramid.SpatialPyramid;
import org.deconvnet.spark.exec.Mapped;

/**
 * A codebook and what it makes of a layer's responses, or of descriptors: a column of
 * spatial-pyramid vectors (sparse, words × cells) for each coding. Thread-safe.
 */
public final class SpatialPyramidEncoderModel extends Model<SpatialPyramidEncoderModel>
    implements MLWritable {
  private static final long serialVersionUID = 1;
  private static final String WORDS = "words";
  private static final String DIMENSION = "dimension";

  private final String uid;
  private final Codebook codebook;
  private final PyramidParams shared;
  private final IntParam words;
  private final IntParam dimension;

  SpatialPyramidEncoderModel(String uid, Codebook codebook) {
    this.uid = uid;
    this.codebook = codebook;
    shared = new PyramidParams(this);
    words = new IntParam(this, WORDS, "words of the codebook");
    dimension = new IntParam(this, DIMENSION, "numbers of a descriptor");
    if (codebook != null) {
      set(words, codebook.words());
      set(dimension, codebook.dimension());
    }
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> inputCol() {
    return shared.inputCol;
  }

  public Param<String> imageCol() {
    return shared.imageCol;
  }

  public StringArrayParam outputCols() {
    return shared.outputCols;
  }

  public Param<String> engine() {
    return shared.engine;
  }

  public IntParam patch() {
    return shared.patch;
  }

  public IntParam step() {
    return shared.step;
  }

  public IntParam cells() {
    return shared.cells;
  }

  public DoubleParam clip() {
    return shared.clip;
  }

  public IntParam levels() {
    return shared.levels;
  }

  public StringArrayParam codings() {
    return shared.codings;
  }

  public IntParam words() {
    return words;
  }

  public IntParam dimension() {
    return dimension;
  }

  public Codebook codebook() {
    return codebook;
  }

  static StructType outputSchema(StructType schema, PyramidParams shared, Params owner) {
    String stage = owner.uid();
    if (!DescriptorSource.isDescribed(schema, shared, owner)) {
      Columns.require(schema, owner.getOrDefault(shared.inputCol), FeatureMapsColumn.DENSE, stage);
      Columns.require(schema, owner.getOrDefault(shared.imageCol), FeatureMapsColumn.DENSE, stage);
    }
    StructType out = schema;
    for (String column : owner.getOrDefault(shared.outputCols)) {
      out = Columns.add(out, column, new VectorUDT(), stage);
    }
    return out;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return outputSchema(schema, shared, this);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    Settings settings =
        new Settings(
            ConvolutionEngines.resolve($(shared.engine)),
            DescriptorSource.of(dataset.schema(), shared, this),
            shared.pyramidOptions(this),
            shared.codes(this));
    Broadcast<Codebook> book =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext())
            .broadcast(codebook);
    return dataset
        .toDF()
        .mapPartitions(
            (Iterator<Row> rows) -> encode(rows, book.value(), settings), Encoders.row(out));
  }

  private record Settings(
      String engine, DescriptorSource source, PyramidOptions pyramid, PyramidCode[] codes)
      implements java.io.Serializable {}

  private static Iterator<Row> encode(Iterator<Row> rows, Codebook codebook, Settings settings) {
    ConvolutionEngine engine = ConvolutionEngines.create(settings.engine);
    SpatialPyramid pyramid = new SpatialPyramid(settings.pyramid);
    return new Mapped<>(
        rows,
        row ->
            Columns.append(
                row, pyramids(settings.source.of(row), codebook, pyramid, settings.codes, engine)));
  }

  /** One vector a coding; all of them share one search for the nearest words. */
  private static Object[] pyramids(
      Descriptors descriptors,
      Codebook codebook,
      SpatialPyramid pyramid,
      PyramidCode[] codes,
      ConvolutionEngine engine) {
    int neighbours = Arrays.stream(codes).mapToInt(c -> c.coding().neighbours()).max().orElse(1);
    NearestWords nearest = NearestWords.of(descriptors, codebook, neighbours, engine);
    return Arrays.stream(codes)
        .map(code -> HistogramColumn.toVector(code.encode(pyramid, descriptors, codebook, nearest)))
        .toArray();
  }

  @Override
  public SpatialPyramidEncoderModel copy(ParamMap extra) {
    SpatialPyramidEncoderModel copy = new SpatialPyramidEncoderModel(uid, codebook);
    return copyValues(copy.setParent(parent()), extra);
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  public static MLReader<SpatialPyramidEncoderModel> read() {
    return new Reader();
  }

  public static SpatialPyramidEncoderModel load(String path) throws IOException {
    return read().load(path);
  }

  private static final class Writer extends MLWriter {
    private final SpatialPyramidEncoderModel model;

    Writer(SpatialPyramidEncoderModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sparkSession());
      Codebook book = model.codebook;
      try (OutputStream out = new HadoopModelFiles(sparkSession(), path).create("codebook.npy")) {
        NpyFormat.write(out, book.centres(), book.words(), book.dimension());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the codebook to " + path, e);
      }
    }
  }

  private static final class Reader extends MLReader<SpatialPyramidEncoderModel> {
    @Override
    public SpatialPyramidEncoderModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(
              path, sparkSession(), SpatialPyramidEncoderModel.class.getName());
      SpatialPyramidEncoderModel empty = new SpatialPyramidEncoderModel(metadata.uid(), null);
      metadata.getAndSetParams(empty, metadata.getAndSetParams$default$2());
      int words = (Integer) empty.getOrDefault(empty.words);
      int dimension = (Integer) empty.getOrDefault(empty.dimension);
      try (InputStream in = new HadoopModelFiles(sparkSession(), path).open("codebook.npy")) {
        float[] centres = NpyFormat.read(in, path + "/codebook.npy", words, dimension);
        SpatialPyramidEncoderModel model =
            new SpatialPyramidEncoderModel(metadata.uid(), new Codebook(words, dimension, centres));
        return empty.copyValues(model, ParamMap.empty());
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }
}
