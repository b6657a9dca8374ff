package org.deconvnet.spark.page;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deconvnet.network.Layers;
import org.deconvnet.page.HtmlReport;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.view.ImageActivation;
import org.deconvnet.words.Count;

/** A page a map, {@code maps/layer2/map07.html}: what it responds to, and in which images. */
record MapPage(OutputFolder output, Layers layers) {
  static String address(MapPictures maps, int layer, int map) {
    return "maps/layer%d/%s.html".formatted(layer, maps.name(layer, map));
  }

  void write(MapPictures maps, int layer, int map, BufferedImage picture) {
    List<ImageActivation> best = maps.best().of(layer, map);
    String page =
        new HtmlReport("%s: map %d".formatted(layers.name(layer), map))
            .link("../../report.html", "All maps")
            .picture(
                picture,
                ("At the left the %s, from the strongest on, row by row, each alone in"
                        + " pixels; at the right what the images show there. Each tile has its own"
                        + " scale; grey is zero.")
                    .formatted(Count.noun(best.size(), "strongest activation")))
            .table(List.of("", "image", "activation"), rows(best))
            .toHtml();
    output.write(address(maps, layer, map), page);
  }

  private static List<List<String>> rows(List<ImageActivation> best) {
    List<List<String>> rows = new ArrayList<>();
    for (ImageActivation one : best) {
      rows.add(
          List.of(
              Integer.toString(rows.size() + 1),
              one.image(),
              String.format(Locale.ROOT, "%.4g", one.activation().value())));
    }
    return rows;
  }
}
