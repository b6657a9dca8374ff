package org.deconvnet.conv;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * The three operations of a deconvolutional layer. They are one trilinear form, for filters f, maps
 * z and an image-side residual r:
 *
 * <pre>⟨synthesize(f, z), r⟩ = ⟨z, adjoint(f, r)⟩ = ⟨f, filterGradient(z, r)⟩</pre>
 *
 * <p>The convolution is the true one (the filter is flipped against the maps) and valid, so maps of
 * N + s − 1 rows reconstruct an image of N rows. All three overwrite their last argument, which may
 * alias no other. Filter planes that the connectivity leaves out are neither read nor written,
 * except that {@code filterGradient} sets them to zero.
 *
 * <p>An engine owns scratch memory: use one instance a thread. Source: Zeiler et al., CVPR 2010,
 * equations 1 to 3.
 */
public interface ConvolutionEngine {
  /** The name that configuration and provenance use. */
  String name();

  /**
   * Reconstruction: {@code out[c,y,x] = Σ_k Σ_ij f[k,c,i,j] · z[k, y+s−1−i, x+s−1−j]}.
   *
   * @param z maps, (K, H+s−1, W+s−1)
   * @param out image, (C, H, W)
   */
  void synthesize(FilterBank f, FeatureMaps z, FeatureMaps out);

  /**
   * Adjoint of {@link #synthesize} in z: {@code out[k,y,x] = Σ_c Σ_ij f[k,c,i,j] · r[c, y−(s−1)+i,
   * x−(s−1)+j]}, r being zero outside its frame.
   *
   * @param r image-side residual, (C, H, W)
   * @param out maps, (K, H+s−1, W+s−1)
   */
  void adjoint(FilterBank f, FeatureMaps r, FeatureMaps out);

  /**
   * Adjoint of {@link #synthesize} in f: {@code out[k,c,i,j] = Σ_yx r[c,y,x] · z[k, y+s−1−i,
   * x+s−1−j]}.
   *
   * @param z maps, (K, H+s−1, W+s−1)
   * @param r image-side residual, (C, H, W)
   * @param out filters, (K, C, s, s)
   */
  void filterGradient(FeatureMaps z, FeatureMaps r, FilterBank out);
}
