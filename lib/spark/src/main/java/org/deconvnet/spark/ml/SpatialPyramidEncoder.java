package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.ArrayList;
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
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.describe.DescriptorParts;
import org.deconvnet.engine.ConvolutionEngines;
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
    implements PyramidParams<SpatialPyramidEncoder>,
        SeedParam<SpatialPyramidEncoder>,
        DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  /** Rounds of dictionary learning; the objective hardly moves after them. */
  private static final int SPARSE_ROUNDS = 6;

  private final String uid;

  public SpatialPyramidEncoder() {
    this(Identifiable$.MODULE$.randomUID("spatialPyramidEncoder"));
  }

  public SpatialPyramidEncoder(String uid) {
    this.uid = uid;
    Defaults.ofPyramids(this);
    setDefault(vocabulary(), 1000);
    setDefault(descriptorsPerImage(), 167);
    setDefault(maxIter(), 15);
    setDefault(seed(), 1L);
  }

  @Override
  public String uid() {
    return uid;
  }

  public IntParam vocabulary() {
    return Declared.whole(this, "vocabulary", "words of the codebook", Takes.atLeast(2));
  }

  public int getVocabulary() {
    return (Integer) $(vocabulary());
  }

  public SpatialPyramidEncoder setVocabulary(int value) {
    return Fluent.set(this, vocabulary(), value);
  }

  public IntParam descriptorsPerImage() {
    return Declared.whole(
        this, "descriptorsPerImage", "descriptors of an image for K-means", Takes.atLeast(1));
  }

  public int getDescriptorsPerImage() {
    return (Integer) $(descriptorsPerImage());
  }

  public SpatialPyramidEncoder setDescriptorsPerImage(int value) {
    return Fluent.set(this, descriptorsPerImage(), value);
  }

  public IntParam maxIter() {
    return Declared.whole(this, "maxIter", "Lloyd steps of K-means", Takes.atLeast(1));
  }

  public int getMaxIter() {
    return (Integer) $(maxIter());
  }

  /** At most so many. */
  public SpatialPyramidEncoder setMaxIter(int value) {
    return Fluent.set(this, maxIter(), value);
  }

  @Override
  public SpatialPyramidEncoderModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    List<float[]> sample = sample(dataset);
    int words = getVocabulary();
    if (sample.size() < words) {
      throw new UserErrorException(
          ("%s: expected at least %s for a vocabulary of as many words, got %d; give"
                  + " more or larger images, or lower the vocabulary")
              .formatted(uid, Count.of(words, "descriptor"), sample.size()));
    }
    SpatialPyramidEncoderModel model = learn(dataset.sparkSession(), sample);
    return copyValues(model.setParent(this), ParamMap.empty());
  }

  private List<float[]> sample(Dataset<?> dataset) {
    int each = getDescriptorsPerImage();
    long mixing = getSeed();
    UsableRows usable = usable(dataset);
    DescriptorSource source = DescriptorSource.of(usable.schema(), this);
    List<DrawnSignals> drawn =
        usable.requireAny(
            usable.rows().map((Row row) -> draw(row, source, each, mixing)).collect());
    usable.reportLeftOut();
    return DrawnSignals.distinct(drawn);
  }

  private UsableRows usable(Dataset<?> dataset) {
    List<String> columns = new ArrayList<>(List.of(getIdCol()));
    columns.addAll(List.of(DescriptorSource.inputs(dataset.schema(), this)));
    return new UsableRows(dataset, this, columns.toArray(String[]::new));
  }

  private static DrawnSignals draw(Row row, DescriptorSource source, int each, long seed) {
    DescriptorParts all = source.of(row);
    int[] places = DrawnSignals.places(row.getString(0), seed, all.count(), each);
    return new DrawnSignals(all.values(places));
  }

  private SpatialPyramidEncoderModel learn(SparkSession spark, List<float[]> sample) {
    String name = ConvolutionEngines.resolve(getEngine());
    try (CodebookLearning learning = new CodebookLearning(spark, name, sample)) {
      Codebook codebook = learning.kMeans(getVocabulary(), getMaxIter(), getSeed());
      boolean sparse = Arrays.stream(Pyramids.codes(this)).anyMatch(PyramidCode::sparse);
      return new SpatialPyramidEncoderModel(
          uid, codebook, sparse ? learning.sparseWords(codebook, SPARSE_ROUNDS) : null);
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, getIdCol(), DataTypes.StringType, uid);
    return Pyramids.schema(schema, this);
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
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
