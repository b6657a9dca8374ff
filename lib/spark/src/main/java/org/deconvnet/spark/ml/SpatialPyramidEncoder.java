package org.deconvnet.spark.ml;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.describe.DescriptorOptions;
import org.deconvnet.describe.Descriptors;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.pyramid.Codebook;
import org.deconvnet.pyramid.PyramidCode;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.exec.CodebookLearning;
import org.deconvnet.tensor.UserErrorException;
import org.deconvnet.words.Count;

/**
 * Spatial pyramids of a layer's features (Lazebnik, Schmid and Ponce, CVPR 2006): learns a codebook
 * from descriptors of the images it is fitted on, by K-means, and where a coding is sparse a second
 * one from there ({@link CodebookLearning}). Every image gives the same number of descriptors,
 * drawn by its id and the seed; so the codebook does not depend on how the images were partitioned.
 * Rows without an image, its features or an id are left out and counted ({@code handleInvalid}).
 * Driver memory: 8 bytes a number of the sample, once gathered and once laid out for the executors.
 */
public final class SpatialPyramidEncoder extends Estimator<SpatialPyramidEncoderModel>
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  /** Rounds of dictionary learning; the objective hardly moves after them. */
  private static final int SPARSE_ROUNDS = 6;

  private final String uid;
  private final PyramidParams shared;
  private final IntParam vocabulary;
  private final IntParam descriptorsPerImage;
  private final IntParam maxIter;
  private final LongParam seed;

  public SpatialPyramidEncoder() {
    this(Identifiable$.MODULE$.randomUID("spatialPyramidEncoder"));
  }

  public SpatialPyramidEncoder(String uid) {
    this.uid = uid;
    shared = new PyramidParams(this);
    vocabulary = new IntParam(this, "vocabulary", "words of the codebook", ParamValidators.gtEq(2));
    descriptorsPerImage =
        new IntParam(
            this,
            "descriptorsPerImage",
            "descriptors of an image for K-means",
            ParamValidators.gtEq(1));
    maxIter = new IntParam(this, "maxIter", "Lloyd steps of K-means", ParamValidators.gtEq(1));
    seed = new LongParam(this, "seed", "decides every random number");
    DescriptorOptions descriptors = DescriptorOptions.DEFAULTS;
    setDefault(shared.inputCol, "layer1");
    setDefault(shared.imageCol, "image");
    setDefault(shared.outputCols, new String[] {"pyramid"});
    setDefault(shared.engine, "auto");
    setDefault(shared.patch, descriptors.patch());
    setDefault(shared.step, descriptors.step());
    setDefault(shared.cells, descriptors.cells());
    setDefault(shared.clip, descriptors.clip());
    setDefault(shared.levels, 3);
    setDefault(shared.codings, new String[] {"hard"});
    setDefault(vocabulary, 1000);
    setDefault(descriptorsPerImage, 167);
    setDefault(maxIter, 15);
    setDefault(seed, 1L);
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

  public Param<String> idCol() {
    return shared.invalid.idCol;
  }

  public Param<String> handleInvalid() {
    return shared.invalid.handleInvalid;
  }

  public IntParam vocabulary() {
    return vocabulary;
  }

  public IntParam descriptorsPerImage() {
    return descriptorsPerImage;
  }

  public IntParam maxIter() {
    return maxIter;
  }

  public LongParam seed() {
    return seed;
  }

  public SpatialPyramidEncoder setInputCol(String value) {
    set(shared.inputCol, value);
    return this;
  }

  /** The column of the images whose sizes the maps belong to. */
  public SpatialPyramidEncoder setImageCol(String value) {
    set(shared.imageCol, value);
    return this;
  }

  /** One a coding. */
  public SpatialPyramidEncoder setOutputCols(String... values) {
    set(shared.outputCols, values);
    return this;
  }

  public String getHandleInvalid() {
    return $(shared.invalid.handleInvalid);
  }

  /** Rows without a usable image: {@code keep}, the default, {@code skip} or {@code error}. */
  public SpatialPyramidEncoder setHandleInvalid(String value) {
    set(shared.invalid.handleInvalid, value);
    return this;
  }

  /** The column that names rows in messages. */
  public SpatialPyramidEncoder setIdCol(String value) {
    set(shared.invalid.idCol, value);
    return this;
  }

  public SpatialPyramidEncoder setEngine(String value) {
    set(shared.engine, value);
    return this;
  }

  public SpatialPyramidEncoder setDescriptors(DescriptorOptions options) {
    set(shared.patch, options.patch());
    set(shared.step, options.step());
    set(shared.cells, options.cells());
    set(shared.clip, options.clip());
    return this;
  }

  public SpatialPyramidEncoder setLevels(int value) {
    set(shared.levels, value);
    return this;
  }

  /** Names of {@link org.deconvnet.pyramid.PyramidCode}; sparse has words of its own. */
  public SpatialPyramidEncoder setCodings(String... values) {
    set(shared.codings, values);
    return this;
  }

  public SpatialPyramidEncoder setVocabulary(int value) {
    set(vocabulary, value);
    return this;
  }

  public SpatialPyramidEncoder setDescriptorsPerImage(int value) {
    set(descriptorsPerImage, value);
    return this;
  }

  public SpatialPyramidEncoder setMaxIter(int value) {
    set(maxIter, value);
    return this;
  }

  public SpatialPyramidEncoder setSeed(long value) {
    set(seed, value);
    return this;
  }

  @Override
  public SpatialPyramidEncoderModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    List<float[]> sample = sample(dataset);
    int words = (Integer) $(vocabulary);
    if (sample.size() < words) {
      throw new UserErrorException(
          ("%s: expected at least %s for a vocabulary of as many words, got %d; give"
                  + " more or larger images, or lower the vocabulary")
              .formatted(uid, Count.of(words, "descriptor"), sample.size()));
    }
    SpatialPyramidEncoderModel model = learn(dataset.sparkSession(), sample);
    return copyValues(model.setParent(this), ParamMap.empty());
  }

  /** Descriptors of one image that were drawn for K-means. */
  private record Drawn(String id, float[][] descriptors) implements Serializable {}

  private List<float[]> sample(Dataset<?> dataset) {
    int each = (Integer) $(descriptorsPerImage);
    long mixing = (Long) $(seed);
    UsableRows usable = usable(dataset);
    DescriptorSource source = DescriptorSource.of(usable.schema(), shared, this);
    List<Drawn> drawn =
        new ArrayList<>(
            usable.requireAny(
                usable.rows().map((Row row) -> draw(row, source, each, mixing)).collect()));
    usable.reportLeftOut();
    drawn.sort(Comparator.comparing(Drawn::id));
    return distinct(drawn);
  }

  private UsableRows usable(Dataset<?> dataset) {
    List<String> columns = new ArrayList<>(List.of($(shared.invalid.idCol)));
    columns.addAll(List.of(DescriptorSource.inputs(dataset.schema(), shared, this)));
    return new UsableRows(dataset, shared.invalid, this, columns.toArray(String[]::new));
  }

  /**
   * Flat regions give the same descriptor, all zeros, many times over: each different one counts
   * once, and words start apart.
   */
  private static List<float[]> distinct(List<Drawn> drawn) {
    Set<float[]> all = new TreeSet<>(Arrays::compare);
    drawn.forEach(image -> all.addAll(Arrays.asList(image.descriptors())));
    return new ArrayList<>(all);
  }

  private static Drawn draw(Row row, DescriptorSource source, int each, long seed) {
    Descriptors all = source.of(row);
    Random random = new Random(BatchPlan.mix(row.getString(0), seed));
    int[] order =
        random
            .ints(0, Math.max(1, all.count()))
            .distinct()
            .limit(Math.min(each, all.count()))
            .toArray();
    float[][] chosen = new float[order.length][];
    for (int i = 0; i < order.length; i++) {
      int from = order[i] * all.dimension();
      chosen[i] = Arrays.copyOfRange(all.values(), from, from + all.dimension());
    }
    return new Drawn(row.getString(0), chosen);
  }

  private SpatialPyramidEncoderModel learn(SparkSession spark, List<float[]> sample) {
    String name = ConvolutionEngines.resolve($(shared.engine));
    try (CodebookLearning learning = new CodebookLearning(spark, name, sample)) {
      Codebook codebook =
          learning.kMeans((Integer) $(vocabulary), (Integer) $(maxIter), (Long) $(seed));
      boolean sparse = Arrays.stream(shared.codes(this)).anyMatch(PyramidCode::sparse);
      return new SpatialPyramidEncoderModel(
          uid, codebook, sparse ? learning.sparseWords(codebook, SPARSE_ROUNDS) : null);
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, $(shared.invalid.idCol), DataTypes.StringType, uid);
    return SpatialPyramidEncoderModel.outputSchema(schema, shared, this);
  }

  @Override
  public SpatialPyramidEncoder copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<SpatialPyramidEncoder> read() {
    return new DefaultParamsReader<>();
  }

  public static SpatialPyramidEncoder load(String path) throws IOException {
    return read().load(path);
  }
}
