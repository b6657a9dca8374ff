package org.deconvnet.spark.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.Network;
import org.deconvnet.network.cnn.CnnFormat;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.spark.config.OptionException;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.ml.OnnxNetwork;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.view.FilterTiles;
import org.deconvnet.view.PngWriter;
import org.deconvnet.words.Count;

/** What a model is: its kind, what it was learned from, by which program, how large it is. */
public final class DescribeRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LAYERS = "layers";
  private static final String UNKNOWN = "not said, by an older program";

  private final SparkSession spark;

  public DescribeRun(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * @param out where to draw the filters; empty: nowhere
   * @param json whether to print JSON in place of lines
   */
  public void run(
      String model, Optional<String> out, boolean json, boolean overwrite, PrintStream terminal) {
    out.ifPresent(folder -> SeparateFolders.requireKept(spark, folder, model));
    if (CnnFormat.isNetwork(model)) {
      onnx(model, out, json, terminal);
      return;
    }
    ModelFolder folder = ModelFolder.read(spark, model);
    Network network = folder.network().network();
    Map<String, Object> facts = facts(folder, network, model);
    terminal.print(json ? json(facts) : lines(facts));
    if (out.isPresent()) {
      OutputFolder output = OutputFolder.create(spark, out.get(), overwrite);
      for (int number = 1; number <= network.depth(); number++) {
        draw(network, number, output, json ? null : terminal);
      }
      output.write("description.json", json(facts));
      output.complete();
    }
  }

  private void onnx(String model, Optional<String> out, boolean json, PrintStream terminal) {
    if (out.isPresent()) {
      throw new OptionException(
          "--output: expected a model that was learned here, got an ONNX network; visualize shows what its maps respond to");
    }
    Map<String, Object> facts =
        OnnxFacts.of(OnnxNetwork.of(spark, model, CnnOptions.DEFAULTS).network());
    terminal.print(json ? json(facts) : OnnxFacts.lines(facts));
  }

  private Map<String, Object> facts(ModelFolder folder, Network network, String model) {
    JsonNode metrics = ModelFolder.metrics(spark, model);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("model", network.family());
    facts.put("title", network.title());
    facts.put("origin", folder.origin().orElse(UNKNOWN));
    if (metrics.path("network_images").isNumber()) {
      facts.put("images", metrics.path("network_images").asLong());
    }
    facts.put("program", folder.program().orElse(UNKNOWN));
    facts.put("engine", metrics.path("engine").asText("not run"));
    facts.put("classes", folder.classes());
    facts.put("fingerprint", network.fingerprint());
    facts.put(
        "numbers",
        IntStream.rangeClosed(1, network.depth())
            .mapToLong(number -> network.filters(number).data().length)
            .sum());
    facts.put("bytes", ModelFolder.bytes(spark, model));
    facts.put(LAYERS, LayerFacts.of(network));
    return facts;
  }

  private static String json(Map<String, Object> facts) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(facts) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("facts are plain data", e);
    }
  }

  @SuppressWarnings("unchecked") // As put there above.
  private static String lines(Map<String, Object> facts) {
    List<Map<String, Object>> layers = (List<Map<String, Object>>) facts.get(LAYERS);
    List<String> classes = (List<String>) facts.get("classes");
    StringBuilder text = new StringBuilder();
    line(text, "network", facts.get("title") + ", " + Count.of(layers.size(), "layer"));
    line(text, "origin", facts.get("origin"));
    if (facts.get("images") instanceof Long images) {
      line(text, "learned from", Count.of(images, "image"));
    }
    line(text, "program", facts.get("program"));
    line(text, "engine", facts.get("engine"));
    line(
        text,
        "classes",
        classes.isEmpty() ? "none" : classes.size() + ": " + String.join(", ", classes));
    line(
        text,
        "size",
        "%s in filters, %s on disk"
            .formatted(
                Count.grouped((Long) facts.get("numbers"), "number"),
                Count.grouped((Long) facts.get("bytes"), "byte")));
    line(text, "fingerprint", facts.get("fingerprint"));
    for (int l = 0; l < layers.size(); l++) {
      line(text, "layer " + (l + 1), layer(layers.get(l)));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append("%-13s %s\n".formatted(name, value));
  }

  private static String layer(Map<String, Object> layer) {
    return layer.entrySet().stream()
        .map(one -> one.getKey() + " " + one.getValue())
        .collect(Collectors.joining(", "));
  }

  private static void draw(Network network, int number, OutputFolder output, PrintStream terminal) {
    String name = "layer%d.png".formatted(number);
    try (OutputStream out = output.create(name)) {
      out.write(PngWriter.encode(FilterTiles.draw(network.filters(number))));
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(output.path(name), e.getMessage()), e);
    }
    if (terminal != null) {
      terminal.println(
          "filters of layer %d, %s: %s"
              .formatted(
                  number, FilterTiles.caption(network.filters(number)), output.display(name)));
    }
  }
}
