package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.csc.AtomGroup;
import org.deconvnet.network.csc.CodingOptions;
import org.deconvnet.network.csc.CscInference;
import org.deconvnet.network.csc.CscOptions;
import org.deconvnet.operator.Boundary;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.restore.MissingPixels;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.exec.PartitionLoop;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvolutionalSparseCodingTest {
  private static final CscOptions OPTIONS =
      new CscOptions(
          new CodingOptions(
              List.of(new AtomGroup(4, 5, 1), new AtomGroup(2, 3, 0.5)),
              0.2,
              true,
              Boundary.FULL,
              true,
              new DescentOptions(0.1, 20)),
          3,
          0,
          0);

  @TempDir static Path folder;
  private static Dataset<Row> images;
  private static ConvolutionalSparseCodingModel model;

  @BeforeAll
  static void fit() {
    String path = BarCorpus.write(folder.resolve("train"), 3, 2, 1).toString();
    images =
        new ImagePreprocessor()
            .setOptions(PreprocessOptions.NETWORK_2010.withGrey(true).withLongestSide(32))
            .transform(ImageCorpus.open(LocalSpark.session(), path, Set.of(), 0).read())
            .drop("content", "error")
            .persist();
    model = estimator().fit(images);
  }

  private static ConvolutionalSparseCoding estimator() {
    return new ConvolutionalSparseCoding().setOptions(OPTIONS).setSeed(4);
  }

  @Test
  void codesAreThoseOfInferenceAndMapsTheSameNumbers() {
    CscInference inference =
        new CscInference(ConvolutionEngines.create("auto"), model.network().layer());
    Row codes = model.codes(images).orderBy("path").first();
    FeatureMaps image = FeatureMapsColumn.fromRow(codes.getStruct(codes.fieldIndex("image")));
    SparseMaps expected = inference.code(image).code();
    Row code = codes.getStruct(codes.fieldIndex("layer1"));
    assertThat(FeatureMapsColumn.shape(code))
        .isEqualTo(new Shape(6, image.height() - 4, image.width() - 4))
        .isEqualTo(expected.shape());
    assertThat(FeatureMapsColumn.indices(code)).isEqualTo(expected.index()).isNotEmpty();
    assertThat(FeatureMapsColumn.values(code)).isEqualTo(expected.values());
    for (float value : expected.values()) {
      assertThat(value).isPositive();
    }
    Row maps = model.transform(images).orderBy("path").first();
    assertThat(FeatureMapsColumn.fromRow(maps.getStruct(maps.fieldIndex("layer1"))).data())
        .isEqualTo(expected.dense().data());
  }

  @Test
  void savedAndLoadedItIsTheSame() throws IOException {
    String path = folder.resolve("model").toString();
    model.write().overwrite().save(path);
    ConvolutionalSparseCodingModel back = ConvolutionalSparseCodingModel.load(path);
    assertThat(back.network().fingerprint()).isEqualTo(model.network().fingerprint());
    assertThat(back.network().settings(1))
        .isEqualTo(model.network().settings(1))
        .containsKey("gap");
    String unfitted = folder.resolve("unfitted").toString();
    estimator().save(unfitted);
    assertThat(ConvolutionalSparseCoding.load(unfitted).toOptions()).isEqualTo(OPTIONS);
  }

  @Test
  void partitionsChangeNoBit() {
    for (int partitions : new int[] {1, 3}) {
      assertThat(
              estimator()
                  .setPartitions(partitions)
                  .fit(images.repartition(partitions))
                  .network()
                  .fingerprint())
          .as("%d partitions", partitions)
          .isEqualTo(model.network().fingerprint());
    }
  }

  @Test
  void theGapIsASmallShareOfTheObjective() {
    assertThat(model.network().layer().gap()).isBetween(0.0, 0.2);
  }

  /** A share of pixels, drawn by a seed; what they hold is noise where they are hidden. */
  private static Dataset<Row> masked(int noise) {
    MissingPixels missing = new MissingPixels(0.3, 2);
    StructType schema = images.schema().add("seen", FeatureMapsColumn.DENSE, true);
    int at = images.schema().fieldIndex("image");
    return PartitionLoop.over(
        images,
        schema,
        rows ->
            new Mapped<>(
                rows,
                row -> {
                  FeatureMaps image = FeatureMapsColumn.fromRow(row.getStruct(at));
                  FeatureMaps mask = missing.mask(row.getString(0), image.shape());
                  for (int i = 0; i < image.data().length; i++) {
                    if (mask.data()[i] == 0) {
                      image.data()[i] = noise > 2 ? Float.NaN : image.data()[i] + noise;
                    }
                  }
                  Object[] values = new Object[row.size() + 1];
                  for (int i = 0; i < row.size(); i++) {
                    values[i] = i == at ? FeatureMapsColumn.toRow(image) : row.get(i);
                  }
                  values[row.size()] = FeatureMapsColumn.toRow(mask);
                  return RowFactory.create(values);
                }));
  }

  @Test
  void hiddenPixelsPlayNoPartAndPartitionsChangeNoBit() {
    String one = estimator().setMaskCol("seen").fit(masked(0)).network().fingerprint();
    for (int partitions : new int[] {1, 3}) {
      assertThat(
              estimator()
                  .setMaskCol("seen")
                  .setPartitions(partitions)
                  .fit(masked(partitions).repartition(partitions))
                  .network()
                  .fingerprint())
          .as("%d partitions", partitions)
          .isEqualTo(one);
    }
    assertThat(one).isNotEqualTo(model.network().fingerprint());
  }

  @Test
  void aMaskThatDoesNotFitIsToldWithItsImage() {
    Dataset<Row> other = images.withColumn("seen", images.col("image"));
    assertThatThrownBy(() -> estimator().setMaskCol("seen").fit(other))
        .hasStackTraceContaining("/image")
        .hasStackTraceContaining("mask: expected 1 for pixels that are seen");
    assertThatThrownBy(() -> estimator().setMaskCol("none").fit(images))
        .hasMessageContaining("none");
  }

  @Test
  void solversCodeAlikeAndLearnTheSameFilters() {
    ConvolutionalSparseCodingModel admm =
        estimator().setSolver("admm").setTolerance(0.001).fit(images);
    ConvolutionalSparseCodingModel greedy = estimator().setTolerance(0.001).fit(images);
    assertThat(admm.network().layer().filters().data())
        .isEqualTo(greedy.network().layer().filters().data());
    assertThat(admm.network().fingerprint()).isNotEqualTo(greedy.network().fingerprint());
    FeatureMaps first = layer1(greedy);
    assertThat(layer1(admm).squaredDistance(first))
        .isPositive()
        .isLessThan(1e-3 * first.squaredNorm());
  }

  private static FeatureMaps layer1(ConvolutionalSparseCodingModel by) {
    Row row = by.transform(images).orderBy("path").first();
    return FeatureMapsColumn.fromRow(row.getStruct(row.fieldIndex("layer1")));
  }
}
