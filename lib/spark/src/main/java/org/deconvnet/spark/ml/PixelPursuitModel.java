package org.deconvnet.spark.ml;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
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
import org.deconvnet.pursuit.PixelCells;
import org.deconvnet.pursuit.PixelWindows;
import org.deconvnet.pursuit.Signs;
import org.deconvnet.pyramid.Codebook;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.PartitionLoop;
import org.deconvnet.store.NpyFormat;

/**
 * Atoms of windows of pixels, and images coded with them: adds maps of one number a cell, the
 * largest weight of each atom ({@link PixelCells}). With {@link SpatialPyramidEncoder#setCellMaps}
 * behind it, the first stage of hierarchical matching pursuit under words and pyramids. A row
 * without an image gets null ({@code handleInvalid}). Thread-safe.
 */
public final class PixelPursuitModel extends Model<PixelPursuitModel>
    implements PursuitParams<PixelPursuitModel>, MLWritable {
  private static final long serialVersionUID = 1;
  private static final String ATOMS = "atoms.npy";

  private final String uid;
  private final Codebook dictionary;

  /**
   * @param dictionary of atoms at unit norm
   */
  PixelPursuitModel(String uid, Codebook dictionary) {
    this.uid = uid;
    this.dictionary = dictionary;
    Defaults.ofPursuit(this);
    if (dictionary != null) {
      set(words(), dictionary.words());
    }
  }

  @Override
  public String uid() {
    return uid;
  }

  // What was learned has no setter: another value would be another model.

  public IntParam words() {
    return Declared.whole(this, "words", "atoms of the dictionary", Takes.atLeast(1));
  }

  public int getWords() {
    return (Integer) $(words());
  }

  /** Atoms at unit norm, (atom, 5 rows x 5 columns). */
  public Codebook dictionary() {
    return dictionary;
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    FeatureMapsColumn.requireDense(schema, getInputCol(), uid);
    return Columns.add(schema, getOutputCol(), FeatureMapsColumn.DENSE, uid);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    int input = dataset.schema().fieldIndex(getInputCol());
    String engine = ConvolutionEngines.resolve(getEngine());
    int sparsity = getSparsity();
    int cell = getCell();
    Signs signs = Signs.valueOf(getSigns().toUpperCase(Locale.ROOT));
    Broadcast<Codebook> atoms =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext())
            .broadcast(dictionary);
    RowCheck check = RowCheck.of(dataset.schema(), this, getInputCol());
    return PartitionLoop.over(
        dataset,
        out,
        rows -> {
          PixelCells cells =
              new PixelCells(
                  atoms.value(),
                  sparsity,
                  signs,
                  cell,
                  ConvolutionEngines.create(engine).kernels());
          return check.append(rows, 1, row -> new Object[] {cells(row.getStruct(input), cells)});
        });
  }

  private static Row cells(Row image, PixelCells cells) {
    return FeatureMapsColumn.toRow(cells.of(FeatureMapsColumn.fromRow(image)));
  }

  @Override
  public PixelPursuitModel copy(ParamMap extra) {
    return copyValues(new PixelPursuitModel(uid, dictionary).setParent(parent()), extra);
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  public static MLReader<PixelPursuitModel> read() {
    return new Reader();
  }

  public static PixelPursuitModel load(String path) throws IOException {
    return read().load(path);
  }

  private static final class Writer extends MLWriter {
    private final PixelPursuitModel model;

    Writer(PixelPursuitModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sparkSession());
      Codebook atoms = model.dictionary;
      try (OutputStream out = new HadoopModelFiles(sparkSession(), path).create(ATOMS)) {
        NpyFormat.write(out, atoms.centres(), atoms.words(), atoms.dimension());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the atoms to " + path, e);
      }
    }
  }

  private static final class Reader extends MLReader<PixelPursuitModel> {
    @Override
    public PixelPursuitModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sparkSession(), PixelPursuitModel.class.getName());
      PixelPursuitModel empty = new PixelPursuitModel(metadata.uid(), null);
      metadata.getAndSetParams(empty, metadata.getAndSetParams$default$2());
      try (InputStream in = new HadoopModelFiles(sparkSession(), path).open(ATOMS)) {
        int words = empty.getWords();
        float[] atoms = NpyFormat.read(in, path + "/" + ATOMS, words, PixelWindows.DIMENSION);
        Codebook dictionary = new Codebook(words, PixelWindows.DIMENSION, atoms);
        return empty.copyValues(
            new PixelPursuitModel(metadata.uid(), dictionary), ParamMap.empty());
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }
}
