package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.store.NpyFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code export}, {@code import} and {@code describe}. */
class FilterExchangeTest {
  @TempDir static Path folder;
  private static Path corpus;
  private static String text;
  private static Path model;
  private static Path filters;

  @BeforeAll
  static void exportOnce() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 2, 3, 1);
    text = TinyConfig.withEpochs(1, TinyConfig.withoutFeatures(TinyConfig.quickstart()));
    model = TinyModel.train(folder, "model", text, corpus);
    filters = folder.resolve("filters");
    Result result = run("export", "--model", model, "--output", filters);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("writing the filters of 2 layers");
  }

  @Test
  void aQuietExportSaysItsResultAlone() {
    Result result =
        run("export", "--quiet", "--model", model, "--output", folder.resolve("quietly"));
    assertThat(result.out().lines()).singleElement().asString().startsWith("filters: ");
  }

  private static Result imported(String config, String files, Path out) throws IOException {
    Path file = Files.writeString(folder.resolve("import.yaml"), config);
    return run("import", "--config", file, "--filters", files, "--output", out);
  }

  private static String both() {
    return filters.resolve("layer1.npy") + "," + filters.resolve("layer2.npy");
  }

  @Test
  void aModelOfTheExportedFiltersAndStepsIsTheModel() throws IOException {
    JsonNode layers = metrics(filters).path("layers");
    assertThat(layers).hasSize(2);
    assertThat(filters.resolve("layer2.onnx")).exists();
    String open = "step: 0(?=[,}])";
    String steps =
        text.replaceFirst(open, "step: " + layers.path(0).path("step").asText())
            .replaceFirst(open, "step: " + layers.path(1).path("step").asText());
    assertThat(steps).doesNotContainPattern(open);
    Path again = folder.resolve("again");
    Result result = imported(steps, both(), again);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("layer 2: 10 filters of norm 1.000 to 1.000");
    assertThat(metrics(again).path("fingerprint")).isEqualTo(metrics(model).path("fingerprint"));
    for (String[] verb : new String[][] {{"extract"}, {"reconstruct"}, {"visualize"}}) {
      Path out = folder.resolve("imported-" + verb[0]);
      Result used = run(verb[0], "--model", again, "--input", corpus, "--output", out);
      assertThat(used.code()).as(used.err()).isZero();
    }
  }

  @Test
  void aStepThatIsLeftOpenIsSafe() throws IOException {
    Path out = folder.resolve("open");
    assertThat(imported(text, both(), out).code()).isZero();
    JsonNode open = metrics(out).path("imported");
    JsonNode learned = metrics(filters).path("layers");
    for (int layer = 0; layer < 2; layer++) {
      assertThat(open.path(layer).path("step").asDouble())
          .isPositive()
          .isLessThan(1.1 * learned.path(layer).path("step").asDouble());
    }
  }

  @Test
  void filtersOfAnotherShapeAreRefusedWithTheKeyThatMendsIt() throws IOException {
    Path file = folder.resolve("other.npy");
    try (OutputStream out = Files.newOutputStream(file)) {
      NpyFormat.write(out, new float[4 * 9], 4, 1, 3, 3);
    }
    Path out = folder.resolve("refused");
    Result shape = imported(text, file + "," + filters.resolve("layer2.npy"), out);
    assertThat(shape.code()).isEqualTo(1);
    assertThat(shape.err())
        .contains(
            "other.npy: expected filters of layer 1 of shape [15, 1, 7, 7]",
            "got [4, 1, 3, 3]; write maps: 4 and filterSide: 3 at network.layers[0]");
    Result one = imported(text, file.toString(), out);
    assertThat(one.err()).contains("expected one file for each of the 2 layers", "got 1");
    Result none = imported(text, "nowhere.npy,nowhere.npy", out);
    assertThat(none.err()).contains("nowhere.npy: expected an NPY file, got nothing there");
    assertThat(out).doesNotExist();
  }

  @Test
  void aNetworkOf2010TakesFiltersToo() throws IOException {
    String config = DeconvolutionalMainTest.tiny();
    Path learned = TinyModel.train(folder, "dn", TinyConfig.withoutFeatures(config), corpus);
    Path its = folder.resolve("dn-filters");
    assertThat(run("export", "--model", learned, "--output", its).code()).isZero();
    Path out = folder.resolve("dn-imported");
    String files = its.resolve("layer1.npy") + "," + its.resolve("layer2.npy");
    Result result = imported(TinyConfig.withoutFeatures(config), files, out);
    assertThat(result.code()).as(result.err()).isZero();
    Path drawn = folder.resolve("dn-drawn");
    Result used = run("reconstruct", "--model", out, "--input", corpus, "--output", drawn);
    assertThat(used.code()).as(used.err()).isZero();
  }

  @Test
  void describeSaysWhatTheModelIsAndDrawsItsFilters() throws IOException {
    Path out = folder.resolve("pictures");
    Result result = run("describe", "--model", model, "--output", out);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("network       adaptive deconvolutional network of 2011, 2 layers")
        .contains("origin        ", corpus.getFileName().toString())
        .contains("learned from  6 images", "program       deconvnet ", "classes       none")
        .contains("layer 1       maps 15, channels 1, filterSide 7, lambda 2.0, poolRows 3");
    assertThat(out.resolve("layer2.png")).exists();
    Result json = run("describe", "--model", model, "--as-json");
    assertThat(new ObjectMapper().readTree(json.out()))
        .isEqualTo(new ObjectMapper().readTree(out.resolve("description.json").toFile()));
  }
}
