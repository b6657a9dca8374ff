package org.deconvnet.network.patches;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.network.FilterPictures;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.words.Count;

/** Each word twice: what it adds to pixels, and beside it what it is of a whitened window. */
final class PatchesPictures implements FilterPictures {
  private final PatchesNetwork network;

  PatchesPictures(PatchesNetwork network) {
    this.network = network;
  }

  @Override
  public List<FeatureMaps> of(int number) {
    PatchesLayer layer = network.layers().get(number - 1);
    FilterBank inPixels = layer.inPixels();
    List<FeatureMaps> pictures = new ArrayList<>();
    for (int k = 0; k < inPixels.maps(); k++) {
      int side = inPixels.side();
      FeatureMaps both = FeatureMaps.zeros(new Shape(inPixels.channels(), side, 2 * side + 1));
      draw(inPixels, k, both, 0);
      draw(layer.words(), k, both, side + 1);
      pictures.add(both);
    }
    return pictures;
  }

  /** Scaled to 1 at most, as the other half is. */
  private static void draw(FilterBank words, int k, FeatureMaps to, int left) {
    float largest = 0;
    int numbers = words.channels() * words.side() * words.side();
    for (int i = words.offset(k, 0); i < words.offset(k, 0) + numbers; i++) {
      largest = Math.max(largest, Math.abs(words.data()[i]));
    }
    for (int c = 0; c < words.channels() && largest > 0; c++) {
      for (int i = 0; i < words.side(); i++) {
        for (int j = 0; j < words.side(); j++) {
          to.set(c, i, left + j, words.get(k, c, i, j) / largest);
        }
      }
    }
  }

  @Override
  public String caption(int number) {
    return "The %s, each twice: on the left in pixels, on the right as it is of whitened windows. Each half has its own scale; grey is zero."
        .formatted(Count.of(network.layers().get(number - 1).words().maps(), "word"));
  }
}
