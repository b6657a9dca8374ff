package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.pursuit.PixelWindows;
import org.deconvnet.pursuit.PursuitOptions;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.CodebookLearning;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;
import org.deconvnet.words.Count;

/**
 * The first stage of hierarchical matching pursuit (Bo, Ren and Fox, NIPS 2011): learns atoms of
 * windows of 5 x 5 pixels by approximate K-SVD ({@link org.deconvnet.pursuit.KsvdSums}), to code
 * images with ({@link PixelPursuitModel}). Takes grey images without contrast normalisation: {@link
 * ImagePreprocessor#setPlainSides}. Every image gives as many windows, drawn by its id and the
 * seed, and sums are exact: atoms do not depend on partitions. Rows without an image or an id are
 * left out and counted ({@code handleInvalid}). Driver memory: 200 bytes a window.
 */
public final class PixelPursuit extends Estimator<PixelPursuitModel>
    implements PursuitParams<PixelPursuit>, SeedParam<PixelPursuit>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;
  private static final int WINDOWS = 20;

  private final String uid;

  public PixelPursuit() {
    this(Identifiable$.MODULE$.randomUID("pixelPursuit"));
  }

  public PixelPursuit(String uid) {
    this.uid = uid;
    Defaults.ofPursuit(this);
    setDefault(atoms(), PursuitOptions.DEFAULTS.atoms());
    setDefault(maxIter(), PursuitOptions.DEFAULTS.rounds());
    setDefault(windowsPerImage(), WINDOWS);
    setDefault(seed(), 1L);
  }

  @Override
  public String uid() {
    return uid;
  }

  public IntParam atoms() {
    return Declared.whole(
        this, "atoms", "atoms of the dictionary", Takes.between(2, PursuitOptions.MOST_ATOMS));
  }

  public int getAtoms() {
    return (Integer) $(atoms());
  }

  public PixelPursuit setAtoms(int value) {
    return Fluent.set(this, atoms(), value);
  }

  public IntParam maxIter() {
    return Declared.whole(this, "maxIter", "rounds of K-SVD", Takes.atLeast(1));
  }

  public int getMaxIter() {
    return (Integer) $(maxIter());
  }

  /** At most so many. */
  public PixelPursuit setMaxIter(int value) {
    return Fluent.set(this, maxIter(), value);
  }

  public IntParam windowsPerImage() {
    return Declared.whole(
        this, "windowsPerImage", "windows of an image to learn from", Takes.atLeast(1));
  }

  public int getWindowsPerImage() {
    return (Integer) $(windowsPerImage());
  }

  /** Flat ones among them teach nothing. */
  public PixelPursuit setWindowsPerImage(int value) {
    return Fluent.set(this, windowsPerImage(), value);
  }

  @Override
  public PixelPursuitModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    List<float[]> sample = sample(dataset);
    if (sample.size() < getAtoms()) {
      throw new UserErrorException(
          ("%s: expected at least %s that are not flat, for as many atoms, got %d; give more or"
                  + " larger images, or lower the number of atoms")
              .formatted(uid, Count.of(getAtoms(), "different window"), sample.size()));
    }
    String engine = ConvolutionEngines.resolve(getEngine());
    try (CodebookLearning learning = new CodebookLearning(dataset.sparkSession(), engine, sample)) {
      PixelPursuitModel model =
          new PixelPursuitModel(
              uid, learning.atoms(getAtoms(), getSparsity(), getMaxIter(), getSeed()));
      return copyValues(model.setParent(this), ParamMap.empty());
    }
  }

  private List<float[]> sample(Dataset<?> dataset) {
    int each = getWindowsPerImage();
    long mixing = getSeed();
    UsableRows usable = new UsableRows(dataset, this, getIdCol(), getInputCol());
    List<DrawnSignals> drawn =
        usable.requireAny(usable.rows().map((Row row) -> draw(row, each, mixing)).collect());
    usable.reportLeftOut();
    return DrawnSignals.distinct(drawn);
  }

  /** Windows of a row (id, image) that are not flat. */
  private static DrawnSignals draw(Row row, int each, long seed) {
    FeatureMaps grey = FeatureMapsColumn.fromRow(row.getStruct(1));
    PixelWindows windows = new PixelWindows(grey);
    int count = windows.rows() * windows.columns();
    int[] places = DrawnSignals.places(row.getString(0), seed, count, each);
    return new DrawnSignals(
        Arrays.stream(places)
            .mapToObj(windows::at)
            .filter(PixelPursuit::isNotFlat)
            .toArray(float[][]::new));
  }

  private static boolean isNotFlat(float[] window) {
    for (float number : window) {
      if (number != 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, getIdCol(), DataTypes.StringType, uid);
    FeatureMapsColumn.requireDense(schema, getInputCol(), uid);
    return Columns.add(schema, getOutputCol(), FeatureMapsColumn.DENSE, uid);
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
  }

  @Override
  public PixelPursuit copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<PixelPursuit> read() {
    return new DefaultParamsReader<>();
  }

  public static PixelPursuit load(String path) throws IOException {
    return read().load(path);
  }
}
