package org.deconvnet.describe;

import java.util.Arrays;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;

/**
 * Describes windows of single activations on the patches that {@link PatchDescriptors} lays over
 * the whole image; each descriptor is what the whole map, zero outside the window, would give. A
 * patch that sees nothing of a window, or too little ({@link ActivationOptions#leastShare}), is
 * left out. Thread-safe: immutable, memory lives for one call.
 */
final class WindowDescriptors {
  private final DescriptorOptions options;
  private final ActivationOptions activations;
  private final int imageHeight;
  private final int imageWidth;
  private final PatchDescriptors patches;
  private final GridAxis rows;
  private final GridAxis columns;
  private final int dimension;

  WindowDescriptors(
      ActivationResponses image, ActivationOptions activations, DescriptorOptions options) {
    this.options = options;
    this.activations = activations;
    this.imageHeight = image.imageHeight();
    this.imageWidth = image.imageWidth();
    this.patches = new PatchDescriptors(options);
    this.rows = new GridAxis(imageHeight, options);
    this.columns = new GridAxis(imageWidth, options);
    this.dimension = options.dimension(image.frame().maps());
  }

  /**
   * Whether a window has descriptors: the largest is always kept. Mostly its first map tells, which
   * takes a small part of the time of a description.
   */
  boolean isSeen(MapWindow window) {
    FeatureMaps maps = window.values();
    Shape one = maps.shape().withMaps(1);
    for (int k = 0; k < maps.maps(); k++) {
      int from = maps.index(k, 0, 0);
      float[] map = Arrays.copyOfRange(maps.data(), from, from + one.plane());
      for (float sum : sums(window, FeatureMaps.of(one, map))) {
        if (sum != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** How many descriptors a window has. */
  int count(MapWindow window) {
    return new PatchSums(window).count();
  }

  /**
   * The descriptors of a window.
   *
   * @param share of the activation in the image
   */
  Descriptors describe(MapWindow window, double share) {
    PatchSums sums = new PatchSums(window);
    WindowPatches described =
        new WindowPatches(imageHeight, imageWidth, options.patch(), dimension, sums.count());
    int from = 0;
    int patch = 0;
    for (int row : sums.rows.starts()) {
      for (int column : sums.columns.starts()) {
        if (sums.isKept(patch)) {
          patches.normalise(sums.values, from, dimension);
          described.add(row, column, sums.values, from, weight(sums, patch));
        }
        patch++;
        from += dimension;
      }
    }
    return described.sharing(share);
  }

  private double weight(PatchSums sums, int patch) {
    return switch (activations.weights()) {
      case ALIKE -> 1;
      case NORM -> Math.sqrt(sums.squaredNorms[patch] / sums.largest);
    };
  }

  /** Descriptors of some maps at a window's place, before they are normalised. */
  private float[] sums(MapWindow window, FeatureMaps maps) {
    return patches.sums(maps, rows(window), columns(window), top(window), left(window));
  }

  /** Row of the window in which the image's first one lies. */
  private int top(MapWindow window) {
    return (window.frame().height() - imageHeight) / 2 - window.top();
  }

  private int left(MapWindow window) {
    return (window.frame().width() - imageWidth) / 2 - window.left();
  }

  /** The grid's rows from which patches see the window. */
  private GridAxis rows(MapWindow window) {
    return rows.seeing(-top(window), window.values().height());
  }

  private GridAxis columns(MapWindow window) {
    return columns.seeing(-left(window), window.values().width());
  }

  /** A window's descriptors before they are normalised, (grid row, grid column, dimension). */
  private final class PatchSums {
    private final GridAxis rows;
    private final GridAxis columns;
    private final float[] values;
    private final double[] squaredNorms;
    private final double largest;

    PatchSums(MapWindow window) {
      Checks.equal(
          "window: numbers of a descriptor", dimension, options.dimension(window.frame().maps()));
      rows = WindowDescriptors.this.rows(window);
      columns = WindowDescriptors.this.columns(window);
      values = sums(window, window.values());
      squaredNorms = new double[rows.patches() * columns.patches()];
      double most = 0;
      for (int patch = 0; patch < squaredNorms.length; patch++) {
        squaredNorms[patch] = PatchDescriptors.squaredNorm(values, patch * dimension, dimension);
        most = Math.max(most, squaredNorms[patch]);
      }
      largest = most;
    }

    boolean isKept(int patch) {
      double leastShare = activations.leastShare();
      return squaredNorms[patch] > 0 && squaredNorms[patch] >= leastShare * leastShare * largest;
    }

    int count() {
      int kept = 0;
      for (int patch = 0; patch < squaredNorms.length; patch++) {
        kept += isKept(patch) ? 1 : 0;
      }
      return kept;
    }
  }
}
