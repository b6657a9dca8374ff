package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines that are saved on one file system and read on another. */
class OtherFileSystemTest {
  private static final String IMPLEMENTATION = "fs.elsewhere.impl";

  @TempDir static java.nio.file.Path folder;
  private static Dataset<Row> images;
  private static Pipeline pipeline;
  private static PipelineModel model;

  /** A file system of its own as far as Hadoop can see. */
  public static final class Elsewhere extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("elsewhere:///");
    }
  }

  @BeforeAll
  static void learn() {
    hadoop().set(IMPLEMENTATION, Elsewhere.class.getName());
    String path = BarCorpus.write(folder.resolve("corpus"), 2, 4, 1).toString();
    images = ImageCorpus.open(LocalSpark.session(), path, Set.of(), 0).read(1).persist();
    pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new ImagePreprocessor()
                      .setOptions(PreprocessOptions.DEFAULTS.withLongestSide(32)),
                  new AdaptiveDeconvolutionalNetwork().setMaps(3).setFilterSides(5).setEpochs(1),
                  new MapVectorizer().setOutputCol("maxima"),
                  new SpatialPyramidEncoder()
                      .setOutputCols("features")
                      .setCodings("sparse")
                      .setVocabulary(8)
                      .setDescriptorsPerImage(20),
                  new PyramidKernelClassifier()
                });
    model = pipeline.fit(images);
  }

  @AfterAll
  static void forget() {
    hadoop().unset(IMPLEMENTATION);
  }

  private static Configuration hadoop() {
    return LocalSpark.session().sparkContext().hadoopConfiguration();
  }

  @Test
  void aPipelineModelGoesThereAndComesBack() throws IOException {
    Path there = new Path("elsewhere://" + folder.resolve("there"));
    Path here = new Path(folder.resolve("here").toUri());
    model.save(there.toString());
    assertThat(answers(PipelineModel.load(there.toString()))).isEqualTo(answers(model)).hasSize(8);
    copy(there, here);
    assertThat(answers(PipelineModel.load(here.toString()))).isEqualTo(answers(model));
  }

  @Test
  void aPipelineThatIsNotFittedDoesSoToo() throws IOException {
    Path here = new Path(folder.resolve("settings").toUri());
    Path there = new Path("elsewhere://" + folder.resolve("settings-there"));
    pipeline.save(here.toString());
    copy(here, there);
    assertThat(answers(Pipeline.load(there.toString()).fit(images))).isEqualTo(answers(model));
  }

  private static void copy(Path from, Path to) throws IOException {
    assertThat(
            FileUtil.copy(
                from.getFileSystem(hadoop()),
                from,
                to.getFileSystem(hadoop()),
                to,
                false,
                hadoop()))
        .isTrue();
  }

  private static List<Row> answers(PipelineModel pipeline) {
    return pipeline
        .transform(images)
        .select("path", "maxima", "features", "rawPrediction", "predictedLabel")
        .orderBy("path")
        .collectAsList();
  }
}
