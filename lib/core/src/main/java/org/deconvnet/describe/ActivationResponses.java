package org.deconvnet.describe;

import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;

/**
 * Single activations of one image as the maps of layer 1 see each alone. All come down through the
 * image's own switches, so all have their numbers at the same places: that is a 27th of the maps
 * with pooling over 3 × 3 × 3, and far less than the descriptors of overlapping patches.
 *
 * <p>Arrays are shared, not copied. Thread-safe as long as nobody writes to them.
 */
public final class ActivationResponses {
  private final int imageHeight;
  private final int imageWidth;
  private final SharedPlaces places;
  private final List<ActivationResponse> activations;

  /**
   * @param imageHeight rows of the preprocessed image
   * @param imageWidth its columns
   * @param frame shape of layer 1's maps, (K, rows, columns)
   * @param places where numbers may differ from 0, counted in (map, row, column) order
   * @param activations strongest first
   * @throws IllegalArgumentException if a place leaves the frame, or an activation has another
   *     number of values than places
   */
  public ActivationResponses(
      int imageHeight,
      int imageWidth,
      Shape frame,
      int[] places,
      List<ActivationResponse> activations) {
    this(imageHeight, imageWidth, new SharedPlaces(frame, places), activations);
  }

  ActivationResponses(
      int imageHeight, int imageWidth, SharedPlaces places, List<ActivationResponse> activations) {
    Checks.atLeast("activation responses: image height", 1, imageHeight);
    Checks.atLeast("activation responses: image width", 1, imageWidth);
    this.imageHeight = imageHeight;
    this.imageWidth = imageWidth;
    this.places = places;
    this.activations = List.copyOf(activations);
    for (ActivationResponse activation : activations) {
      activation.requireValues(places);
    }
  }

  public int imageHeight() {
    return imageHeight;
  }

  public int imageWidth() {
    return imageWidth;
  }

  /** Shape of layer 1's maps, (K, rows, columns). */
  public Shape frame() {
    return places.frame();
  }

  /** Where numbers may differ from 0, shared with the caller. */
  public int[] places() {
    return places.indices();
  }

  /** Strongest first. */
  public List<ActivationResponse> activations() {
    return activations;
  }

  /** What layer 1 sees of an activation, newly allocated. */
  MapWindow window(int activation) {
    return activations.get(activation).window(places);
  }
}
