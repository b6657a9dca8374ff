package org.deconvnet.view;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deconvnet.network.Activation;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.tensor.Checks;

/**
 * The images that excite each map of each layer most, with their strongest activation there: at
 * most so many a map, one activation an image. Equal activations are ordered by the images' ids, so
 * neither the order of images nor how they are divided before a {@link #merge} changes anything.
 * Memory follows layers, maps and how many are kept, not the images. Not thread-safe.
 */
public final class StrongestImages implements Serializable {
  private static final long serialVersionUID = 1;

  private final int most;

  /** By layer and map, strongest first. */
  private final List<List<List<ImageActivation>>> layers = new ArrayList<>();

  /**
   * @param most images to keep for a map
   */
  public StrongestImages(int most) {
    Checks.atLeast("top activations of a map", 1, most);
    this.most = most;
  }

  /**
   * Where an activation stands among those of its map.
   *
   * @param layer from 1
   * @param map from 0
   * @param rank from 0, the strongest
   */
  public record Place(int layer, int map, int rank, Activation activation)
      implements Serializable {}

  /** Offers the activations of the image that they are about. Each image is offered once. */
  public void offer(String image, LayerActivations activations) {
    for (int number = 1; number <= activations.depth(); number++) {
      List<Activation> strongest = activations.strongestOfMaps(number);
      for (int map = 0; map < strongest.size(); map++) {
        offer(number, map, new ImageActivation(image, strongest.get(map)));
      }
    }
  }

  private void offer(int layer, int map, ImageActivation offered) {
    List<ImageActivation> best = room(layer, map);
    if (offered.activation().value() == 0) {
      return;
    }
    int at = best.size();
    while (at > 0 && ImageActivation.STRONGEST_FIRST.compare(offered, best.get(at - 1)) < 0) {
      at--;
    }
    best.add(at, offered);
    if (best.size() > most) {
      best.remove(most);
    }
  }

  private List<ImageActivation> room(int layer, int map) {
    while (layers.size() < layer) {
      layers.add(new ArrayList<>());
    }
    List<List<ImageActivation>> maps = layers.get(layer - 1);
    while (maps.size() <= map) {
      maps.add(new ArrayList<>());
    }
    return maps.get(map);
  }

  /**
   * Takes over what other images gave.
   *
   * @return this
   */
  public StrongestImages merge(StrongestImages other) {
    for (int number = 1; number <= other.depth(); number++) {
      for (int map = 0; map < other.maps(number); map++) {
        room(number, map);
        for (ImageActivation offered : other.of(number, map)) {
          offer(number, map, offered);
        }
      }
    }
    return this;
  }

  /** Layers of the network; 0 before the first image. */
  public int depth() {
    return layers.size();
  }

  public int maps(int layer) {
    return layers.get(layer - 1).size();
  }

  /** Strongest first; empty for a map that no image excites. */
  public List<ImageActivation> of(int layer, int map) {
    return List.copyOf(layers.get(layer - 1).get(map));
  }

  /** The first so many maps of each layer alone. */
  public StrongestImages ofFirst(int maps) {
    StrongestImages first = new StrongestImages(most);
    for (List<List<ImageActivation>> layer : layers) {
      first.layers.add(new ArrayList<>(layer.subList(0, Math.min(maps, layer.size()))));
    }
    return first;
  }

  /** What each image is there for, by the image's id. */
  public Map<String, List<Place>> byImage() {
    Map<String, List<Place>> places = new TreeMap<>();
    for (int number = 1; number <= depth(); number++) {
      for (int map = 0; map < maps(number); map++) {
        List<ImageActivation> best = of(number, map);
        for (int rank = 0; rank < best.size(); rank++) {
          places
              .computeIfAbsent(best.get(rank).image(), id -> new ArrayList<>())
              .add(new Place(number, map, rank, best.get(rank).activation()));
        }
      }
    }
    return places;
  }
}
