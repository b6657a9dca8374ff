package org.deconvnet.network.gradient;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Maps of a ghost group of images, map by map and within a map image by image: axis order is (map,
 * image, row, column), column fastest. So the numbers that are normalised together lie together.
 * Not thread-safe for writing.
 */
public final class GroupMaps {
  private final Shape image;
  private final int images;
  private final FeatureMaps stacked;
  private final FeatureMaps separate;

  /**
   * Maps of zeros.
   *
   * @param image (C, H, W) of one image
   * @param images N, from 1
   */
  public GroupMaps(Shape image, int images) {
    Checks.atLeast("ghost group: images", 1, images);
    this.image = image;
    this.images = images;
    stacked = FeatureMaps.zeros(new Shape(image.maps(), images * image.height(), image.width()));
    separate =
        FeatureMaps.of(
            new Shape(image.maps() * images, image.height(), image.width()), stacked.data());
  }

  /** (C, H, W) of one image. */
  public Shape image() {
    return image;
  }

  /** N. */
  public int images() {
    return images;
  }

  /** Numbers of one map, over all images. */
  public int plane() {
    return images * image.plane();
  }

  /** The numbers themselves, (map, image, row, column), shared with the caller. */
  public float[] data() {
    return stacked.data();
  }

  /** The same numbers, the images one below another: (C, N · H, W). */
  FeatureMaps stacked() {
    return stacked;
  }

  /** The same numbers, each image's maps for themselves: (C · N, H, W). */
  FeatureMaps separate() {
    return separate;
  }

  /** Sets one image. */
  public void put(int at, FeatureMaps maps) {
    Checks.sameShape("ghost group: image", image, maps.shape());
    int plane = image.plane();
    for (int c = 0; c < image.maps(); c++) {
      System.arraycopy(maps.data(), c * plane, data(), start(c, at), plane);
    }
  }

  /** Copies one image out. */
  public void get(int at, FeatureMaps maps) {
    Checks.sameShape("ghost group: image", image, maps.shape());
    int plane = image.plane();
    for (int c = 0; c < image.maps(); c++) {
      System.arraycopy(data(), start(c, at), maps.data(), c * plane, plane);
    }
  }

  /** Where a map of an image starts. */
  private int start(int map, int at) {
    if (at < 0 || at >= images) {
      throw new IndexOutOfBoundsException(
          "ghost group: expected an image from 0 to %d, got %d".formatted(images - 1, at));
    }
    return (map * images + at) * image.plane();
  }
}
