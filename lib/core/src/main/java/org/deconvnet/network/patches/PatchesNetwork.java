package org.deconvnet.network.patches;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.FilterPictures;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.network.LayerReconstructions;
import org.deconvnet.network.Network;
import org.deconvnet.store.Fingerprint;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * Sparse coding of patches (Olshausen and Field, Nature 1996): every window w of an image, less its
 * mean and whitened, is explained by few words on its own,
 *
 * <pre>½ ‖w − Σ_k h_k b_k‖² + λ Σ_k |h_k|,   ‖b_k‖ ≤ 1</pre>
 *
 * least over h for each window, and over b for all. What convolution is to beat: windows that
 * overlap do not know of each other. Immutable.
 *
 * @param layers one, or none before it is learned
 */
public record PatchesNetwork(List<PatchesLayer> layers) implements Network {
  public static final String FAMILY = "patches";

  public PatchesNetwork {
    layers = List.copyOf(layers);
    Checks.between("patches: layers", 0, 1, layers.size());
  }

  public static PatchesNetwork empty() {
    return new PatchesNetwork(List.of());
  }

  public static PatchesNetwork of(PatchesLayer layer) {
    return new PatchesNetwork(List.of(layer));
  }

  @Override
  public String family() {
    return FAMILY;
  }

  @Override
  public String title() {
    return "sparse coding of patches";
  }

  @Override
  public int depth() {
    return layers.size();
  }

  /** The one layer there is. */
  public PatchesLayer layer() {
    return layers.get(0);
  }

  @Override
  public List<Long> codingBytes(Shape image) {
    return layers.stream().map(layer -> layer.coding().bytes(image)).toList();
  }

  @Override
  public double lambda(int number) {
    return layers.get(number - 1).coding().lambda();
  }

  @Override
  public String lessSparse(int number) {
    return "lower network.lambda, now " + lambda(number);
  }

  @Override
  public Optional<String> certificate(int number) {
    double gap = layers.get(number - 1).gap();
    return Double.isNaN(gap)
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Relative duality gap: no codes of the training windows lower their objective by more than %.2f %%.",
                100 * gap));
  }

  /** What words add to the pixels of their windows, W⁻¹ b, so that a norm may exceed 1. */
  @Override
  public FilterBank filters(int number) {
    return layers.get(number - 1).inPixels();
  }

  @Override
  public Map<String, Object> settings(int number) {
    PatchesLayer layer = layers.get(number - 1);
    PatchCodingOptions coding = layer.coding();
    WindowOptions windows = coding.windows();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("step", windows.step());
    settings.put("keepMean", windows.keepMean());
    settings.put("whiten", windows.whiten());
    settings.put("floor", windows.floor());
    settings.put("lambda", coding.lambda());
    settings.put("nonNegative", coding.nonNegative());
    settings.put("tolerance", coding.descent().tolerance());
    settings.put("changesPerPlace", coding.descent().changesPerPlace());
    if (!Double.isNaN(layer.gap())) {
      settings.put("gap", layer.gap());
    }
    return settings;
  }

  @Override
  public boolean hasSwitches() {
    return false;
  }

  @Override
  public LayerActivations activations(ConvolutionEngine engine) {
    return new PatchesActivations(engine, layer());
  }

  @Override
  public LayerReconstructions reconstructions(ConvolutionEngine engine) {
    PatchesInference inference = new PatchesInference(engine, layer());
    return image -> List.of(inference.reconstruction(inference.code(image).code(), image));
  }

  /** The words themselves, which need no images. */
  @Override
  public FilterPictures filterPictures(ConvolutionEngine engine, List<FeatureMaps> images) {
    return new PatchesPictures(this);
  }

  /** sha256 over words, whitening and how windows are coded, however they were stored. */
  @Override
  public String fingerprint() {
    Fingerprint fingerprint = new Fingerprint();
    for (PatchesLayer layer : layers) {
      FilterBank words = layer.words();
      PatchCodingOptions coding = layer.coding();
      WindowOptions windows = coding.windows();
      fingerprint.add(words.maps()).add(words.channels()).add(words.side()).add(words.data());
      fingerprint.add(layer.whitening().forward()).add(layer.whitening().inverse());
      fingerprint.add(windows.step()).add(windows.keepMean() ? 1 : 0);
      fingerprint.add(windows.whiten() ? 1 : 0).add(windows.floor());
      fingerprint.add(coding.lambda()).add(coding.nonNegative() ? 1 : 0);
      fingerprint.add(coding.descent().tolerance()).add(coding.descent().changesPerPlace());
    }
    return fingerprint.hex();
  }
}
