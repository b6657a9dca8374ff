package org.deconvnet.spark.ml;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.pyramid.Codebook;
import org.deconvnet.pyramid.PyramidCode;
import org.deconvnet.pyramid.PyramidEncoder;
import org.deconvnet.pyramid.PyramidOptions;
import org.deconvnet.spark.columns.HistogramColumn;
import org.deconvnet.spark.exec.PartitionLoop;
import org.deconvnet.store.NpyFormat;

/**
 * Codebooks and what they make of a layer's responses, or of descriptors: a column of
 * spatial-pyramid vectors (sparse, words × cells) for each coding. A row without an image gets
 * nulls ({@code handleInvalid}). Thread-safe.
 */
public final class SpatialPyramidEncoderModel extends Model<SpatialPyramidEncoderModel>
    implements PyramidParams<SpatialPyramidEncoderModel>, PyramidStage, MLWritable {
  private static final long serialVersionUID = 1;
  private static final String CODEBOOK = "codebook.npy";
  private static final String SPARSE_WORDS = "sparse.npy";

  private final String uid;
  private final Codebook codebook;
  private final Codebook sparseWords;

  /**
   * @param sparseWords words at unit norm for sparse coding, as many; null without it
   */
  SpatialPyramidEncoderModel(String uid, Codebook codebook, Codebook sparseWords) {
    this.uid = uid;
    this.codebook = codebook;
    this.sparseWords = sparseWords;
    Defaults.ofPyramids(this);
    if (codebook != null) {
      set(words(), codebook.words());
      set(dimension(), codebook.dimension());
    }
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public List<String> pyramidCols() {
    return List.of(getOutputCols());
  }

  // What was learned has no setters: other values would be another model.

  public IntParam words() {
    return Declared.whole(this, "words", "words of the codebook", Takes.atLeast(1));
  }

  public int getWords() {
    return (Integer) $(words());
  }

  public IntParam dimension() {
    return Declared.whole(this, "dimension", "numbers of a descriptor", Takes.atLeast(1));
  }

  public int getDimension() {
    return (Integer) $(dimension());
  }

  /** K-means' words. */
  public Codebook codebook() {
    return codebook;
  }

  /** Words at unit norm, learned for sparse coding, if it is one of the codings. */
  public Optional<Codebook> sparseWords() {
    return Optional.ofNullable(sparseWords);
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return Pyramids.schema(schema, this);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    Settings settings =
        new Settings(
            ConvolutionEngines.resolve(getEngine()),
            DescriptorSource.of(dataset.schema(), this),
            new PyramidOptions(getLevels()),
            Pyramids.codes(this));
    Broadcast<Words> words =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext())
            .broadcast(new Words(codebook, sparseWords));
    RowCheck check =
        RowCheck.of(dataset.schema(), this, DescriptorSource.inputs(dataset.schema(), this));
    return PartitionLoop.over(dataset, out, rows -> encode(rows, words.value(), settings, check));
  }

  private record Settings(
      String engine, DescriptorSource source, PyramidOptions pyramid, PyramidCode[] codes)
      implements java.io.Serializable {}

  /** What is sent to the executors. */
  private record Words(Codebook codebook, Codebook sparse) implements java.io.Serializable {
    Codebook of(PyramidCode code) {
      return code.sparse() ? sparse : codebook;
    }
  }

  private static Iterator<Row> encode(
      Iterator<Row> rows, Words words, Settings settings, RowCheck check) {
    PyramidEncoder encoder =
        new PyramidEncoder(
            settings.pyramid,
            List.of(settings.codes),
            words::of,
            ConvolutionEngines.create(settings.engine).kernels());
    return check.append(
        rows,
        settings.codes.length,
        row ->
            encoder.encode(settings.source.of(row)).stream()
                .map(HistogramColumn::toVector)
                .toArray());
  }

  @Override
  public SpatialPyramidEncoderModel copy(ParamMap extra) {
    SpatialPyramidEncoderModel copy = new SpatialPyramidEncoderModel(uid, codebook, sparseWords);
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
      try {
        HadoopModelFiles files = new HadoopModelFiles(sparkSession(), path);
        write(files, CODEBOOK, model.codebook);
        if (model.sparseWords != null) {
          write(files, SPARSE_WORDS, model.sparseWords);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the codebook to " + path, e);
      }
    }

    private static void write(HadoopModelFiles files, String name, Codebook book)
        throws IOException {
      try (OutputStream out = files.create(name)) {
        NpyFormat.write(out, book.centres(), book.words(), book.dimension());
      }
    }
  }

  private static final class Reader extends MLReader<SpatialPyramidEncoderModel> {
    @Override
    public SpatialPyramidEncoderModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(
              path, sparkSession(), SpatialPyramidEncoderModel.class.getName());
      SpatialPyramidEncoderModel empty = new SpatialPyramidEncoderModel(metadata.uid(), null, null);
      metadata.getAndSetParams(empty, metadata.getAndSetParams$default$2());
      boolean sparse = Arrays.stream(Pyramids.codes(empty)).anyMatch(PyramidCode::sparse);
      try {
        SpatialPyramidEncoderModel model =
            new SpatialPyramidEncoderModel(
                metadata.uid(),
                read(path, CODEBOOK, empty),
                sparse ? read(path, SPARSE_WORDS, empty) : null);
        return empty.copyValues(model, ParamMap.empty());
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }

    private Codebook read(String path, String name, SpatialPyramidEncoderModel sizes)
        throws IOException {
      int words = sizes.getWords();
      int dimension = sizes.getDimension();
      try (InputStream in = new HadoopModelFiles(sparkSession(), path).open(name)) {
        return new Codebook(
            words, dimension, NpyFormat.read(in, path + "/" + name, words, dimension));
      }
    }
  }
}
