package org.deconvnet.restore;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * How near an image x comes to the image y that it stands for. With sums over all n numbers of all
 * channels, ȳ the mean of y and the peak 1:
 *
 * <pre>
 * relative error = Σ(y − x)² / Σy²
 * SNR  = 10 · log10( Σ(y − ȳ)² / Σ(y − x)² )
 * PSNR = 10 · log10( 1 / ( Σ(y − x)² / n ) )</pre>
 *
 * <p>The SNR is the figure of Zeiler et al. (CVPR 2010); unlike PSNR it depends on the image's
 * contrast. PSNR means what it says for pixels in [0, 1], whether or not their mean was subtracted.
 *
 * @param relativeError share of y's energy that is lost; NaN if y is zero and x equals it
 * @param snr in dB; infinite if x equals y, −∞ or NaN if y has no contrast
 * @param psnr in dB; infinite if x equals y
 */
public record ReconstructionQuality(double relativeError, double snr, double psnr) {
  /**
   * @param y the true image, (C, H, W)
   * @param x what is to be judged, of the same shape
   * @throws IllegalArgumentException if shapes differ
   */
  public static ReconstructionQuality of(FeatureMaps y, FeatureMaps x) {
    Checks.sameShape("reconstruction quality", y.shape(), x.shape());
    double error = y.squaredDistance(x);
    int n = y.data().length;
    return new ReconstructionQuality(
        error / y.squaredNorm(), decibel(variation(y) / error), decibel(n / error));
  }

  /**
   * Of the hidden pixels alone.
   *
   * @param mask (1, H, W), 0 where a pixel is hidden, at least one
   */
  public static ReconstructionQuality ofHidden(FeatureMaps y, FeatureMaps x, FeatureMaps mask) {
    Checks.sameShape("reconstruction quality", y.shape(), x.shape());
    Checks.sameShape("mask", y.shape().withMaps(1), mask.shape());
    return of(hidden(y, mask), hidden(x, mask));
  }

  /** The hidden pixels, in one row a channel. */
  private static FeatureMaps hidden(FeatureMaps image, FeatureMaps mask) {
    int plane = mask.shape().plane();
    FeatureMaps hidden = FeatureMaps.zeros(new Shape(image.maps(), 1, plane - mask.nonZeros()));
    int n = 0;
    for (int i = 0; i < image.data().length; i++) {
      if (mask.data()[i % plane] == 0) {
        hidden.data()[n++] = image.data()[i];
      }
    }
    return hidden;
  }

  /** Σ(y − ȳ)², in two passes: the one-pass formula cancels on bright images. */
  private static double variation(FeatureMaps y) {
    double mean = 0;
    for (float v : y.data()) {
      mean += v;
    }
    mean /= y.data().length;
    double sum = 0;
    for (float v : y.data()) {
      sum += (v - mean) * (v - mean);
    }
    return sum;
  }

  private static double decibel(double ratio) {
    return 10 * Math.log10(ratio);
  }
}
