package org.deconvnet.operator;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * A linear map of which some pixels are not seen: M A, with the diagonal M of a mask. Problems with
 * it hold the same pixels of their image at zero. Not thread-safe.
 */
public final class Masked implements LinearMap {
  private final LinearMap map;
  private final FeatureMaps mask;
  private final FeatureMaps seen;

  /**
   * @param mask (1, H, W): 1 for a pixel that is seen, 0 for one that is not, in all channels
   */
  public Masked(LinearMap map, FeatureMaps mask) {
    Checks.sameShape("mask", map.range().withMaps(1), mask.shape());
    this.map = map;
    this.mask = mask;
    this.seen = FeatureMaps.zeros(map.range());
  }

  @Override
  public Shape domain() {
    return map.domain();
  }

  @Override
  public Shape range() {
    return map.range();
  }

  @Override
  public void apply(FeatureMaps z, FeatureMaps image) {
    map.apply(z, image);
    hide(mask, image, image);
  }

  @Override
  public void adjoint(FeatureMaps r, FeatureMaps z) {
    hide(mask, r, seen);
    map.adjoint(seen, z);
  }

  @Override
  public void applyEntries(int[] index, float[] values, FeatureMaps image) {
    map.applyEntries(index, values, image);
    hide(mask, image, image);
  }

  /**
   * {@code out ← M image}.
   *
   * @param mask (1, H, W)
   * @param image (C, H, W)
   * @param out may be the image
   */
  public static void hide(FeatureMaps mask, FeatureMaps image, FeatureMaps out) {
    int plane = mask.shape().plane();
    for (int i = 0; i < image.data().length; i++) {
      out.data()[i] = mask.data()[i % plane] * image.data()[i];
    }
  }
}
