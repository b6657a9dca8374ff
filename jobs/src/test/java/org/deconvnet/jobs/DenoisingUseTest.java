package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deconvnet.jobs.MainTest.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code train} says of {@code denoise}, before it has learned anything. */
class DenoisingUseTest {
  private static final String WARNING = "this model cannot denoise: ";

  @TempDir Path folder;

  @Test
  void aNetworkOf2010ThatDenoiseWillRefuseIsSaidSoAtTheStartAndInTheReport() throws IOException {
    String divides =
        TinyConfig.changed(
            TinyConfig.shipped("denoise-dn.yaml"),
            "deviationFloor: 1",
            "deviationFloor: 0",
            "longestSide: 0",
            "longestSide: 24");
    Result result = train("divides", divides);
    String obstacles =
        "preprocess.localContrast: true (border: reflect, deviationFloor: 0.0),"
            + " preprocess.longestSide: 24";
    assertThat(result.out())
        .startsWith(WARNING + "its configuration has " + obstacles)
        .contains("with the section preprocess of conf/denoise-dn.yaml it can");
    assertThat(report("divides")).contains("<dt>can denoise</dt>\n<dd>no: " + obstacles);
  }

  @Test
  void aModelThatDenoisesIsSaidToInTheReportAlone() throws IOException {
    assertThat(train("denoises", TinyConfig.shipped("denoise-dn.yaml")).out())
        .doesNotContain(WARNING);
    assertThat(report("denoises")).contains("<dt>can denoise</dt>\n<dd>yes</dd>");
  }

  @Test
  void nobodyIsWarnedOfANetworkOf2011() throws IOException {
    String adn = TinyConfig.withoutFeatures(TinyConfig.quickstart());
    assertThat(train("adn", adn).out()).doesNotContain("denoise");
    assertThat(report("adn")).contains("<dt>can denoise</dt>\n<dd>no: network.model: adn</dd>");
  }

  private Result train(String name, String config) throws IOException {
    String small =
        TinyConfig.withEpochs(1, config)
            .replaceAll("\\{maps: \\d+, filterSide: \\d+", "{maps: 3, filterSide: 3")
            .replaceAll("\n    - \\{maps: .*(?=\nfeatures)", "");
    Path file = Files.writeString(folder.resolve(name + ".yaml"), small);
    Path corpus = BarCorpus.write(folder.resolve("bars-" + name), 1, 2, 1);
    Result result =
        run("train", "--config", file, "--input", corpus, "--output", folder.resolve(name));
    assertThat(result.code()).as(result.err()).isZero();
    return result;
  }

  private String report(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("report.html"));
  }
}
