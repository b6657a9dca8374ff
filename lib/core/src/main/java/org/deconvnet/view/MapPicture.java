package org.deconvnet.view;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import org.deconvnet.tensor.FeatureMaps;

/** One image as a picture of its own size: grey for 1 map, red, green and blue for 3. */
public final class MapPicture {
  private MapPicture() {}

  /** The tone of a number, 0..255. */
  private interface Tone {
    int of(float value);
  }

  /**
   * Pixels: 0 is black, 1 white; what lies outside is clipped.
   *
   * @param maps (1 or 3, H, W), finite
   */
  public static BufferedImage pixels(FeatureMaps maps) {
    return draw(maps, v -> Math.round(255 * Math.max(0, Math.min(1, v))));
  }

  /**
   * Signed numbers around mid-grey, −range black, range white; what lies outside is clipped.
   *
   * @param maps (1 or 3, H, W), finite
   * @param range not negative; {@link #range} of the image that several pictures are compared with
   */
  public static BufferedImage signed(FeatureMaps maps, float range) {
    return draw(maps, v -> SignedTone.tone(v, range));
  }

  /** Largest absolute value of all maps. */
  public static float range(FeatureMaps maps) {
    return SignedTone.range(maps);
  }

  private static BufferedImage draw(FeatureMaps maps, Tone tone) {
    SignedTone.check("picture", maps);
    BufferedImage picture =
        new BufferedImage(
            maps.width(),
            maps.height(),
            maps.maps() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    // Through the raster: setRGB would take the tones of a grey picture for linear light.
    WritableRaster raster = picture.getRaster();
    for (int map = 0; map < maps.maps(); map++) {
      for (int y = 0; y < maps.height(); y++) {
        for (int x = 0; x < maps.width(); x++) {
          raster.setSample(x, y, map, tone.of(maps.get(map, y, x)));
        }
      }
    }
    return picture;
  }
}
