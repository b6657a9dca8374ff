package org.deconvnet.label;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * What the network of a head is given for an image: its pixels' colours and places, and frozen
 * layers' maps, each pooled onto its grid. Immutable and thread-safe.
 *
 * @param image (C, H, W) of every image
 */
public record NetworkInputs(HeadOptions head, Shape image) implements Serializable {
  /** Places, among the head's layers, of those that are scored. */
  public List<Integer> scored() {
    List<Integer> scored = new ArrayList<>();
    for (int i = head.skips() ? 0 : head.layers().size() - 1; i < head.layers().size(); i++) {
      scored.add(i);
    }
    return head.frozen() ? scored : List.of();
  }

  /** Maps of a layer once it is pooled. */
  public int pooled(int maps) {
    return head.absolute() ? maps : 2 * maps;
  }

  /**
   * In the order of the plan's inputs, newly allocated.
   *
   * @param pixels (C, H, W) in [0, 1]
   * @param layers one a layer of the head, maps of any size over the whole image
   * @throws UserErrorException if the image has another size
   */
  public List<FeatureMaps> of(FeatureMaps pixels, List<FeatureMaps> layers) {
    if (!pixels.shape().equals(image)) {
      throw new UserErrorException(
          "image: expected %s, maps by height by width, as the network has it, got %s"
              .formatted(image, pixels.shape()));
    }
    Checks.equal("head: layers", head.layers().size(), layers.size());
    List<FeatureMaps> inputs = new ArrayList<>();
    if (head.takesPixels()) {
      inputs.add(PixelMaps.of(pixels));
    }
    for (int i : scored()) {
      MapGrid grid =
          new MapGrid(image.height(), image.width(), head.strides().get(i), head.absolute());
      inputs.add(grid.of(layers.get(i)));
    }
    return inputs;
  }
}
