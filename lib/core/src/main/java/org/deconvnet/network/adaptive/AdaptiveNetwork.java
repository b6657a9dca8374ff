package org.deconvnet.network.adaptive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.FilterPictures;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.network.LayerReconstructions;
import org.deconvnet.network.Network;
import org.deconvnet.network.TopDownDecomposition;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Reconstruction;
import org.deconvnet.operator.Switches;
import org.deconvnet.solve.Ista;
import org.deconvnet.solve.Shrinkage;
import org.deconvnet.store.Fingerprint;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * The adaptive deconvolutional network of 2011 (Zeiler et al., ICCV 2011): its layers from the
 * image upwards. Immutable.
 */
public record AdaptiveNetwork(List<AdaptiveLayer> layers) implements Network {
  public static final String FAMILY = "adn";

  public AdaptiveNetwork {
    layers = List.copyOf(layers);
    for (int l = 1; l < layers.size(); l++) {
      AdaptiveLayer below = layers.get(l - 1);
      Checks.equal(
          "layer %d: channels (the pooled maps of layer %d)".formatted(l + 1, l),
          below.pooledMaps(),
          layers.get(l).filters().channels());
    }
  }

  public static AdaptiveNetwork empty() {
    return new AdaptiveNetwork(List.of());
  }

  @Override
  public String family() {
    return FAMILY;
  }

  @Override
  public String title() {
    return "adaptive deconvolutional network of 2011";
  }

  @Override
  public int depth() {
    return layers.size();
  }

  /** Layers are numbered from 1, as in the papers. */
  public AdaptiveLayer layer(int number) {
    return layers.get(number - 1);
  }

  /** The lowest {@code depth} layers. */
  public AdaptiveNetwork upTo(int depth) {
    return new AdaptiveNetwork(layers.subList(0, depth));
  }

  public AdaptiveNetwork plus(AdaptiveLayer top) {
    List<AdaptiveLayer> more = new ArrayList<>(layers);
    more.add(top);
    return new AdaptiveNetwork(more);
  }

  /**
   * R of a layer on top of these, for images of one shape.
   *
   * @param top its filters
   * @param lower one set of switches for each of these layers
   * @param image (C, H, W)
   */
  public Reconstruction reconstruction(
      ConvolutionEngine engine, FilterBank top, List<Switches> lower, Shape image) {
    List<FilterBank> filters = new ArrayList<>();
    List<PoolSize> pools = new ArrayList<>();
    for (AdaptiveLayer layer : layers) {
      filters.add(layer.filters());
      pools.add(layer.pool());
    }
    filters.add(top);
    return new Reconstruction(engine, filters, pools, lower, image);
  }

  @Override
  public double lambda(int number) {
    return layer(number).lambda();
  }

  @Override
  public FilterBank filters(int number) {
    return layer(number).filters();
  }

  @Override
  public Map<String, Object> settings(int number) {
    AdaptiveLayer layer = layer(number);
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("lambda", layer.lambda());
    settings.put("poolRows", layer.pool().rows());
    settings.put("poolColumns", layer.pool().columns());
    settings.put("poolMaps", layer.pool().maps());
    settings.put("iterations", layer.iterations());
    settings.put("step", layer.step());
    settings.put("momentum", layer.shrinkage().momentum());
    settings.put("refit", layer.shrinkage().refit());
    return settings;
  }

  @Override
  public List<Long> codingBytes(Shape image) {
    List<Long> bytes = new ArrayList<>();
    List<Shape> inputs = new ArrayList<>(List.of(image));
    List<Shape> pooled = new ArrayList<>();
    for (AdaptiveLayer layer : layers) {
      Shape input = inputs.get(pooled.size());
      pooled.add(layer.pooledShape(input));
      bytes.add(
          Ista.bytes(image, layer.mapShape(input), layer.pool())
              + Reconstruction.bytes(inputs, pooled));
      inputs.add(layer.pooledShape(input));
    }
    return bytes;
  }

  @Override
  public boolean hasSwitches() {
    return true;
  }

  @Override
  public LayerActivations activations(ConvolutionEngine engine) {
    return new AdaptiveActivations(engine, this);
  }

  @Override
  public LayerReconstructions reconstructions(ConvolutionEngine engine) {
    AdaptiveInference inference = new AdaptiveInference(engine, this);
    return image ->
        inference.infer(image).stream().map(AdaptiveInference.LayerResult::reconstruction).toList();
  }

  @Override
  public FilterPictures filterPictures(ConvolutionEngine engine, List<FeatureMaps> images) {
    return new PixelProjection(engine, this, images);
  }

  @Override
  public Optional<TopDownDecomposition> takenApart(
      ConvolutionEngine engine, FeatureMaps image, int branching) {
    return TopDown.of(engine, this, image, branching);
  }

  /** sha256 over all filters and steps in layer order, independent of how they were stored. */
  @Override
  public String fingerprint() {
    Fingerprint fingerprint = new Fingerprint();
    for (AdaptiveLayer layer : layers) {
      FilterBank f = layer.filters();
      fingerprint.add(f.maps()).add(f.channels()).add(f.side()).add(layer.step()).add(f.data());
      Shrinkage shrinkage = layer.shrinkage();
      if (!shrinkage.equals(Shrinkage.PLAIN)) {
        fingerprint.add(shrinkage.momentum() ? 1 : 0).add(shrinkage.refit() ? 1 : 0);
      }
    }
    return fingerprint.hex();
  }
}
