package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.describe.CellMaxima;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.tensor.FeatureMaps;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages of MLlib behind a network. */
class MllibStagesTest {
  private static final int MAPS = 4;

  @TempDir static Path folder;
  private static Dataset<Row> images;
  private static AdaptiveDeconvolutionalNetworkModel network;

  @BeforeAll
  static void learnANetwork() {
    String path = BarCorpus.write(folder, 2, 6, 1).toString();
    Dataset<Row> files = ImageCorpus.open(LocalSpark.session(), path, Set.of(), 0).read(1);
    images =
        new ImagePreprocessor()
            .setOptions(PreprocessOptions.DEFAULTS.withLongestSide(32))
            .transform(files)
            .drop("content")
            .persist();
    network =
        new AdaptiveDeconvolutionalNetwork()
            .setMaps(MAPS)
            .setFilterSides(5)
            .setPoolMaps(2)
            .setEpochs(1)
            .setLayerValues("codes")
            .fit(images);
  }

  private static PipelineModel fit(PipelineStage... behind) {
    return new Pipeline().setStages(behind).fit(network.transform(images));
  }

  private static Dataset<Row> answers(PipelineStage... behind) {
    return fit(behind).transform(network.transform(images));
  }

  @Test
  void regressionAnalysisAndClusteringTakeCodes() {
    StringIndexer indexer = new StringIndexer().setInputCol("label").setOutputCol("number");
    LogisticRegression regression = new LogisticRegression().setLabelCol("number").setMaxIter(20);
    assertThat(
            answers(indexer, new MapVectorizer(), regression).where("prediction = number").count())
        .as("of 12 that it was trained on, chance 6")
        .isGreaterThanOrEqualTo(10);
    Vector two =
        (Vector)
            answers(
                    new MapVectorizer(),
                    new PCA().setInputCol("features").setOutputCol("two").setK(2))
                .select("two")
                .first()
                .get(0);
    assertThat(two.size()).isEqualTo(2);
    assertThat(
            answers(new MapVectorizer(), new KMeans().setK(2).setSeed(1))
                .select("prediction")
                .distinct()
                .count())
        .isEqualTo(2);
  }

  @Test
  void codesGiveTheNumbersThatTheirMapsGive() {
    Row row =
        new MapVectorizer().setGrid(3).transform(network.transform(images)).orderBy("path").first();
    FeatureMaps dense = dense(row.getAs("layer1"));
    Vector vector = row.getAs("features");
    float[] expected = new CellMaxima(3).of(dense);
    assertThat(vector.size()).isEqualTo(MAPS * 9);
    for (int i = 0; i < expected.length; i++) {
      assertThat(vector.apply(i)).isEqualTo(expected[i]);
    }
    assertThat(vector.numNonzeros()).isPositive();
  }

  private static FeatureMaps dense(Row code) {
    FeatureMaps maps = FeatureMaps.zeros(FeatureMapsColumn.shape(code));
    int[] indices = FeatureMapsColumn.indices(code);
    float[] values = FeatureMapsColumn.values(code);
    IntStream.range(0, indices.length).forEach(e -> maps.data()[indices[e]] = values[e]);
    return maps;
  }

  @Test
  void aGridOfNoneKeepsEveryEntryOfCodesAndOfMaps() {
    MapVectorizer every = new MapVectorizer().setGrid(0);
    Row row = every.transform(network.transform(images)).orderBy("path").first();
    FeatureMaps dense = dense(row.getAs("layer1"));
    Vector vector = row.getAs("features");
    assertThat(new DenseVector(vector.toArray()).values())
        .isEqualTo(
            IntStream.range(0, dense.data().length).mapToDouble(i -> dense.data()[i]).toArray());
    Dataset<Row> maps =
        network
            .copy(org.apache.spark.ml.param.ParamMap.empty())
            .setLayerValues("maps")
            .transform(images);
    Row first = every.transform(maps).orderBy("path").first();
    float[] values = FeatureMapsColumn.fromRow(first.getAs("layer1")).data();
    assertThat(first.<Vector>getAs("features").toArray())
        .isEqualTo(IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray());
  }

  @Test
  void codesAreSaidToBeNoMapsWhereMapsAreWanted() {
    Dataset<Row> codes = network.transform(images);
    assertThat(codes.schema().apply("layer1").dataType()).isEqualTo(FeatureMapsColumn.SPARSE);
    List<Row> same = network.codes(images).select("layer1").collectAsList();
    assertThat(codes.select("layer1").collectAsList()).isEqualTo(same);
    assertThatThrownBy(() -> new SpatialPyramidEncoder().fit(codes))
        .hasMessageContaining("expected column 'layer1' of type struct<maps:int")
        .hasMessageContaining("indices:array<int>");
    assertThatThrownBy(() -> new MapVectorizer().setInputCol("path").transform(codes))
        .hasMessageContaining("(maps) or struct<maps:int,height:int,width:int,indices:array<int>");
  }
}
