package org.deconvnet.network.csc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.FilterPictures;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.network.LayerReconstructions;
import org.deconvnet.network.Weighted;
import org.deconvnet.operator.Boundary;
import org.deconvnet.store.Fingerprint;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * Convolutional sparse coding (Bristow, Eriksson and Lucey, CVPR 2013; Wohlberg, IEEE Trans. Image
 * Processing 2016): an image y is explained by few atoms,
 *
 * <pre>½ ‖y − Σ_k d_k ∗ z_k‖² + λ Σ_k w_k |z_k|₁,   ‖d_k‖ ≤ 1</pre>
 *
 * least over z for each image, and over d for all. Immutable.
 *
 * @param layers one, or none before it is learned
 */
public record CscNetwork(List<CscLayer> layers) implements Weighted {
  public static final String FAMILY = "csc";

  /** In the order of their numbers in fingerprints. */
  private static final List<Boundary> BOUNDARIES =
      List.of(Boundary.VALID, Boundary.FULL, Boundary.CIRCULAR);

  private static final List<SolverChoice.Method> METHODS =
      List.of(SolverChoice.Method.GREEDY, SolverChoice.Method.FISTA, SolverChoice.Method.ADMM);

  public CscNetwork {
    layers = List.copyOf(layers);
    Checks.between("dictionary: layers", 0, 1, layers.size());
  }

  public static CscNetwork empty() {
    return new CscNetwork(List.of());
  }

  public static CscNetwork of(CscLayer layer) {
    return new CscNetwork(List.of(layer));
  }

  @Override
  public String family() {
    return FAMILY;
  }

  @Override
  public String title() {
    return "convolutional sparse coding";
  }

  @Override
  public int depth() {
    return layers.size();
  }

  /** The one layer there is. */
  public CscLayer layer() {
    return layers.get(0);
  }

  /** Weights of the sparsity: a larger λ explains less of the input. A share stays a share. */
  @Override
  public CscNetwork withLambdas(List<Double> lambdas) {
    Checks.equal("lambda: weights, one a layer", depth(), lambdas.size());
    List<CscLayer> weighted = new ArrayList<>();
    for (int l = 0; l < depth(); l++) {
      weighted.add(layers.get(l).withLambda(lambdas.get(l)));
    }
    return new CscNetwork(weighted);
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
                "Relative duality gap: no codes of the training images lower their objective by more than %.2f %%.",
                100 * gap));
  }

  @Override
  public FilterBank filters(int number) {
    return layers.get(number - 1).filters();
  }

  @Override
  public Map<String, Object> settings(int number) {
    CscLayer layer = layers.get(number - 1);
    CodingOptions coding = layer.coding();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("lambda", coding.lambda());
    settings.put("relative", coding.relative());
    settings.put("boundary", coding.boundary().name().toLowerCase(Locale.ROOT));
    settings.put("nonNegative", coding.nonNegative());
    settings.put("tolerance", coding.descent().tolerance());
    settings.put("changesPerPlace", coding.descent().changesPerPlace());
    settings.put("solver", coding.solver().method().name().toLowerCase(Locale.ROOT));
    settings.put("solverIterations", coding.solver().iterations());
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
    return new CscActivations(engine, this);
  }

  @Override
  public LayerReconstructions reconstructions(ConvolutionEngine engine) {
    CscInference inference = new CscInference(engine, layer());
    return image -> List.of(inference.reconstruction(inference.code(image).code(), image.shape()));
  }

  /** The filters themselves, which need no images. */
  @Override
  public FilterPictures filterPictures(ConvolutionEngine engine, List<FeatureMaps> images) {
    return new CscPictures(this);
  }

  /** sha256 over filters and how images are coded, independent of how they were stored. */
  @Override
  public String fingerprint() {
    Fingerprint fingerprint = new Fingerprint();
    for (CscLayer layer : layers) {
      FilterBank f = layer.filters();
      CodingOptions coding = layer.coding();
      fingerprint.add(f.maps()).add(f.channels()).add(f.side()).add(f.data());
      for (AtomGroup group : coding.atoms()) {
        fingerprint.add(group.maps()).add(group.side()).add(group.weight());
      }
      fingerprint.add(coding.lambda()).add(coding.relative() ? 1 : 0);
      fingerprint.add(BOUNDARIES.indexOf(coding.boundary())).add(coding.nonNegative() ? 1 : 0);
      fingerprint.add(coding.descent().tolerance()).add(coding.descent().changesPerPlace());
      if (!coding.solver().equals(SolverChoice.DEFAULTS)) {
        fingerprint.add(METHODS.indexOf(coding.solver().method()));
        fingerprint.add(coding.solver().iterations());
      }
    }
    return fingerprint.hex();
  }
}
