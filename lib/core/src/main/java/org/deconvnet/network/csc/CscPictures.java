package org.deconvnet.network.csc;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.dictionary.AtomShapes;
import org.deconvnet.network.FilterPictures;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;
import org.deconvnet.words.Count;

/** The filters of a dictionary, each in its own size. */
final class CscPictures implements FilterPictures {
  private final CscNetwork network;

  CscPictures(CscNetwork network) {
    this.network = network;
  }

  @Override
  public List<FeatureMaps> of(int number) {
    FilterBank filters = network.filters(number);
    AtomShapes shapes = network.layers().get(number - 1).coding().shapes();
    int size = filters.channels() * filters.side() * filters.side();
    List<FeatureMaps> pictures = new ArrayList<>();
    for (int k = 0; k < filters.maps(); k++) {
      FeatureMaps plane =
          FeatureMaps.zeros(new Shape(filters.channels(), filters.side(), filters.side()));
      System.arraycopy(filters.data(), filters.offset(k, 0), plane.data(), 0, size);
      pictures.add(MapWindow.cut(plane, 0, 0, shapes.side(k), shapes.side(k)).values());
    }
    return pictures;
  }

  @Override
  public String caption(int number) {
    return "The %s of the dictionary. Each tile has its own scale; grey is zero."
        .formatted(Count.of(network.filters(number).maps(), "filter"));
  }
}
