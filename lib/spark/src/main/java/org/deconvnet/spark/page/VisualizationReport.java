package org.deconvnet.spark.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deconvnet.network.Activation;
import org.deconvnet.network.Layers;
import org.deconvnet.page.Area;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.view.ImageActivation;
import org.deconvnet.view.StrongestImages;
import org.deconvnet.words.Count;

/** The page, the pictures and the numbers of the verb visualize, in the order of calls. */
public final class VisualizationReport {
  private final ImageReport report;
  private final PictureFolder pictures;
  private final Metrics metrics = new Metrics();
  private final Map<String, String> facts = new LinkedHashMap<>();
  private String remark = "";
  private Layers layers;

  public VisualizationReport(ImageReport report, PictureFolder pictures) {
    this.report = report;
    this.pictures = pictures;
  }

  public void of(String corpus, long images, Layers network) {
    layers = network;
    facts.put("corpus", corpus);
    facts.put("images", Long.toString(images));
    metrics.put("images", images).put("fingerprint", network.fingerprint());
    if (!network.hasSwitches()) {
      remark =
          " This network has no switches, so a map's activations differ in strength and sign alone.";
    }
  }

  /** A picture a map, and a sheet a layer. */
  public void maps(MapPictures maps) {
    StrongestImages best = maps.best();
    metrics.put("top", maps.most()).put("layers", layers(best));
    for (int number = 1; number <= best.depth(); number++) {
      facts.put(
          layers.name(number),
          "%s, %d of them without any activation"
              .formatted(Count.of(best.maps(number), "map"), silent(best, number)));
    }
    report.facts(facts);
    for (int number = 1; number <= best.depth(); number++) {
      report.page().heading(capital(layers.name(number)));
      show(maps, number);
    }
  }

  /** The layer's sheet, which leads to a page a map. */
  private void show(MapPictures maps, int number) {
    MapPage pages = new MapPage(report.output(), layers);
    String folder = "layer" + number;
    MapPictures.Sheet sheet =
        maps.draw(
            number,
            (map, picture) -> {
              pictures.write(folder, maps.name(number, map), picture);
              pages.write(maps, number, map, picture);
            });
    List<Area> areas = new ArrayList<>();
    sheet
        .blocks()
        .forEach(
            (map, place) ->
                areas.add(new Area(place, MapPage.address(maps, number, map), "map " + map)));
    report.page().picture(sheet.picture(), areas, caption(maps, number));
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static long silent(StrongestImages best, int layer) {
    return IntStream.range(0, best.maps(layer))
        .filter(map -> best.of(layer, map).isEmpty())
        .count();
  }

  private String caption(MapPictures maps, int number) {
    return ("The %s of layer %d, row by row, from map 0. At the left of each the strongest"
            + " %s, each alone in pixels; at the right what the images show"
            + " there. Each tile has its own scale; grey is zero. A map leads to a page of its"
            + " own.%s")
        .formatted(
            Count.of(maps.best().maps(number), "map"),
            number,
            Count.noun(maps.most(), "activation") + " of " + Count.of(maps.most(), "image"),
            remark);
  }

  public void decompositions(DecompositionPictures parts) {
    metrics.put("decompositions", parts.metrics());
    parts.write(pictures);
    String lost =
        parts.meanLost().stream()
            .map(share -> String.format(Locale.ROOT, "%.0f %%", 100 * share))
            .collect(Collectors.joining(", "));
    report
        .page()
        .heading("Activations taken apart")
        .sheet(
            parts.sheet(),
            parts.columns(),
            ("The strongest activation of the top layer in some images; then the %d strongest"
                    + " activations that each is made of in the layer below, down to layer 1, all of"
                    + " a layer together. Each picture has its own scale. Of the activation's sum of"
                    + " squares they lack %s.")
                .formatted(DecompositionPictures.BRANCHING, lost));
    for (int level = 0; level < parts.mosaics().size(); level++) {
      report
          .page()
          .picture(
              parts.mosaics().get(level),
              "The first image's parts, one by one; " + parts.columns().get(level + 1) + ".");
    }
  }

  public void write() {
    report.write(metrics);
  }

  /** For programs: layer, map, images from the strongest on. */
  private static List<Map<String, Object>> layers(StrongestImages best) {
    List<Map<String, Object>> layers = new ArrayList<>();
    for (int number = 1; number <= best.depth(); number++) {
      List<Object> maps = new ArrayList<>();
      for (int map = 0; map < best.maps(number); map++) {
        maps.add(best.of(number, map).stream().map(VisualizationReport::line).toList());
      }
      layers.add(Map.of("maps", maps));
    }
    return layers;
  }

  private static Map<String, Object> line(ImageActivation one) {
    Activation activation = one.activation();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("path", one.image());
    line.put("value", activation.value());
    line.put("index", activation.index());
    return line;
  }
}
