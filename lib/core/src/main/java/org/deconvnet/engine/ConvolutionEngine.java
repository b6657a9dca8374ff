package org.deconvnet.engine;

import org.deconvnet.kernels.ArrayKernels;
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
 * <p>The same three exist for maps of which only some entries matter, as after unpooling: their
 * cost follows the {@link Entries}, not the maps.
 *
 * <p>An engine owns scratch memory: use one instance a thread. It may keep a repacked copy of
 * filters it has met, so a filter bank is not changed once an engine has used it as {@code f}.
 * Source: Zeiler et al., CVPR 2010, equations 1 to 3.
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

  /** Holds places in maps for the operations below, grouped as suits this engine and filters. */
  Entries entries(FilterBank f);

  /**
   * {@link #synthesize} for maps that are zero but for some entries.
   *
   * @param entries where they are in z, (K, H+s−1, W+s−1)
   * @param values one a place that {@code entries} was given, which ignore those it left out
   * @param out image, (C, H, W)
   */
  void synthesizeEntries(FilterBank f, Entries entries, float[] values, FeatureMaps out);

  /**
   * {@link #adjoint} at some entries only.
   *
   * @param r image-side residual, (C, H, W)
   * @param entries the ones wanted, places in (K, H+s−1, W+s−1)
   * @param out one number a place; places that {@code entries} left out keep theirs
   */
  void adjointEntries(FilterBank f, FeatureMaps r, Entries entries, float[] out);

  /**
   * {@link #filterGradient} for maps that are zero but for some entries.
   *
   * @param entries where they are in z, (K, H+s−1, W+s−1)
   * @param values one a place, as in {@link #synthesizeEntries}
   * @param r image-side residual, (C, H, W)
   * @param out filters, (K, C, s, s)
   */
  void filterGradientEntries(Entries entries, float[] values, FeatureMaps r, FilterBank out);

  /** Array work beside convolution, by the same means. Shared. */
  ArrayKernels kernels();
}
