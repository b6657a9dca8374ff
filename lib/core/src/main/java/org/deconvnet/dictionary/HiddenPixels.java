package org.deconvnet.dictionary;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.operator.Boundary;
import org.deconvnet.operator.BoundedSynthesis;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/**
 * Fills in the pixels of an image that are not seen, those beyond its edges included, with what its
 * code says of them. Filters that then lower the error of the whole image lower that of the seen
 * pixels at least as much, since the filled ones had no error before: a majorisation, and the
 * expectation step where hidden pixels are taken for missing data (Dempster, Laird and Rubin,
 * 1977).
 */
public final class HiddenPixels {
  private HiddenPixels() {}

  /** An image with nothing hidden, and the boundary at which its code reconstructs it. */
  public record Filled(FeatureMaps image, Boundary boundary) {}

  /**
   * @param y image, (C, H, W)
   * @param mask (1, H, W), 0 for a hidden pixel; null if none is
   * @param z its code
   */
  public static Filled fill(
      ConvolutionEngine engine,
      FilterBank filters,
      Boundary boundary,
      FeatureMaps y,
      FeatureMaps mask,
      SparseMaps z) {
    if (mask == null && boundary != Boundary.VALID) {
      return new Filled(y, boundary);
    }
    int beyond = boundary == Boundary.VALID ? filters.side() - 1 : 0;
    Boundary whole = boundary == Boundary.VALID ? Boundary.FULL : boundary;
    Shape shape = new Shape(y.maps(), y.height() + 2 * beyond, y.width() + 2 * beyond);
    FeatureMaps filled = FeatureMaps.zeros(shape);
    new BoundedSynthesis(engine, filters, whole, shape).applyEntries(z.index(), z.values(), filled);
    for (int c = 0; c < y.maps(); c++) {
      for (int r = 0; r < y.height(); r++) {
        for (int x = 0; x < y.width(); x++) {
          if (mask == null || mask.get(0, r, x) != 0) {
            filled.set(c, r + beyond, x + beyond, y.get(c, r, x));
          }
        }
      }
    }
    return new Filled(filled, whole);
  }
}
