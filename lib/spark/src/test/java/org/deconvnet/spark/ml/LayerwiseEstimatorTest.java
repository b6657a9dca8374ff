package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.network.adaptive.AdaptiveLayer;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerwiseEstimatorTest {
  @TempDir Path folder;

  @Test
  void twoLayersNeedNoMoreThanTheirMapsAndLambdas() {
    AdaptiveDeconvolutionalNetworkModel model =
        new AdaptiveDeconvolutionalNetwork()
            .setMaps(15, 50)
            .setLambdas(2, 0.5)
            .setEpochs(1)
            .setIterations(1)
            .fit(images());
    assertThat(model.network().layers()).extracting(AdaptiveLayer::lambda).containsExactly(2., .5);
    assertThat(model.network().layer(1).filters().maps()).isEqualTo(15);
    assertThat(model.network().layer(2).filters().maps()).isEqualTo(50);
    assertThat(model.network().layer(2).filters().channels()).isEqualTo(5);
  }

  private Dataset<Row> images() {
    String path = BarCorpus.write(folder.resolve("bars"), 2, 2, 1).toString();
    return new ImagePreprocessor()
        .transform(ImageCorpus.open(LocalSpark.session(), path, Set.of(), 0).read());
  }

  @Test
  void oneValueStandsForAllLayers() {
    assertThat(new AdaptiveDeconvolutionalNetwork().setMaps(4, 5, 6).setEpochs(1, 2, 3).toOptions())
        .extracting(AdaptiveOptions::maps, AdaptiveOptions::epochs, AdaptiveOptions::filterSide)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(4, 1, 7),
            org.assertj.core.groups.Tuple.tuple(5, 2, 7),
            org.assertj.core.groups.Tuple.tuple(6, 3, 7));
    assertThatThrownBy(
            () -> new AdaptiveDeconvolutionalNetwork().setMaps(4, 5, 6).setEpochs(1, 2).toOptions())
        .hasMessage("epochs: expected 1 value or one for each of 3 layers, got 2");
  }
}
