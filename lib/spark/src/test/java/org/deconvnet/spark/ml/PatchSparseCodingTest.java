package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.patches.PatchCodingOptions;
import org.deconvnet.network.patches.PatchesInference;
import org.deconvnet.network.patches.PatchesOptions;
import org.deconvnet.network.patches.WindowOptions;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.solve.greedy.DescentOptions;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchSparseCodingTest {
  private static final PatchesOptions OPTIONS =
      new PatchesOptions(
          new PatchCodingOptions(
              new WindowOptions(5, 2, false, true, 0.2), 7, 0.5, true, new DescentOptions(0.1, 20)),
          40,
          3,
          2,
          0.4);

  @TempDir static Path folder;
  private static Dataset<Row> images;
  private static PatchSparseCodingModel model;

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

  private static PatchSparseCoding estimator() {
    return new PatchSparseCoding().setOptions(OPTIONS).setSeed(4);
  }

  @Test
  void codesAreThoseOfInferenceAndMapsTheSameNumbers() {
    PatchesInference inference =
        new PatchesInference(ConvolutionEngines.create("auto"), model.network().layer());
    Row codes = model.codes(images).orderBy("path").first();
    FeatureMaps image = FeatureMapsColumn.fromRow(codes.getStruct(codes.fieldIndex("image")));
    SparseMaps expected = inference.code(image).code();
    Row code = codes.getStruct(codes.fieldIndex("layer1"));
    assertThat(FeatureMapsColumn.shape(code))
        .isEqualTo(new Shape(7, image.height() - 4, image.width() - 4))
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
    PatchSparseCodingModel back = PatchSparseCodingModel.load(path);
    assertThat(back.network().fingerprint()).isEqualTo(model.network().fingerprint());
    assertThat(back.network().settings(1))
        .isEqualTo(model.network().settings(1))
        .containsKey("gap");
    String unfitted = folder.resolve("unfitted").toString();
    estimator().save(unfitted);
    assertThat(PatchSparseCoding.load(unfitted).toOptions()).isEqualTo(OPTIONS);
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
  void pyramidsAreMadeOfItsMaps() {
    SpatialPyramidEncoder encoder =
        new SpatialPyramidEncoder().setVocabulary(5).setPatch(8).setCells(2).setLevels(2);
    Row row =
        new Pipeline()
            .setStages(new PipelineStage[] {model, encoder})
            .fit(images)
            .transform(images)
            .first();
    assertThat(((Vector) row.getAs("pyramid")).size()).isEqualTo(5 * 5);
    assertThat(((Vector) row.getAs("pyramid")).numNonzeros()).isPositive();
  }
}
