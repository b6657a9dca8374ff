package org.deconvnet.network.deconvolutional;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.FilterPictures;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.network.LayerReconstructions;
import org.deconvnet.network.Weighted;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.solve.HalfQuadraticSplitting;
import org.deconvnet.store.Fingerprint;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * The deconvolutional network of 2010 (Zeiler et al., CVPR 2010): each layer reconstructs the
 * rescaled maps of the layer below, the first one the image. Immutable, hence thread-safe.
 *
 * @param layers from the image upwards; the channels of a layer are the maps of the one below
 * @param scalings one a layer: that of the codes it hands up, in the same order
 * @param schedule of half-quadratic splitting, the same in all layers
 * @param passes how often inference runs the whole schedule on an image, each time from the code of
 *     the time before; at least 1
 */
public record DeconvolutionalStack(
    List<DeconvolutionalLayer> layers, List<MapScaling> scalings, BetaSchedule schedule, int passes)
    implements Weighted {
  public static final String FAMILY = "dn";

  /**
   * @throws IllegalArgumentException if layers do not fit each other or their scalings, or there is
   *     no pass
   */
  public DeconvolutionalStack {
    layers = List.copyOf(layers);
    scalings = List.copyOf(scalings);
    Checks.equal("stack: scalings, one a layer", layers.size(), scalings.size());
    Checks.atLeast("stack: passes", 1, passes);
    for (int l = 1; l < layers.size(); l++) {
      Checks.equal(
          "layer %d: channels (the maps of layer %d)".formatted(l + 1, l),
          layers.get(l - 1).filters().maps(),
          layers.get(l).filters().channels());
    }
  }

  public static DeconvolutionalStack empty(BetaSchedule schedule, int passes) {
    return new DeconvolutionalStack(List.of(), List.of(), schedule, passes);
  }

  @Override
  public String family() {
    return FAMILY;
  }

  @Override
  public String title() {
    return "deconvolutional network of 2010";
  }

  @Override
  public int depth() {
    return layers.size();
  }

  /**
   * Layers are numbered from 1, as in the papers.
   *
   * @throws IllegalArgumentException if there is no such layer
   */
  public DeconvolutionalLayer layer(int number) {
    requireLayer(number);
    return layers.get(number - 1);
  }

  /**
   * How the codes of a layer, numbered from 1, are rescaled for the layer above.
   *
   * @throws IllegalArgumentException if there is no such layer
   */
  public MapScaling scaling(int number) {
    requireLayer(number);
    return scalings.get(number - 1);
  }

  private void requireLayer(int number) {
    if (number < 1 || number > depth()) {
      throw new IllegalArgumentException(
          "stack: expected a layer from 1 to %d, got %d".formatted(depth(), number));
    }
  }

  /** The lowest {@code depth} layers. */
  public DeconvolutionalStack upTo(int depth) {
    return new DeconvolutionalStack(
        layers.subList(0, depth), scalings.subList(0, depth), schedule, passes);
  }

  public DeconvolutionalStack plus(DeconvolutionalLayer top, MapScaling scaling) {
    List<DeconvolutionalLayer> moreLayers = new ArrayList<>(layers);
    moreLayers.add(top);
    List<MapScaling> moreScalings = new ArrayList<>(scalings);
    moreScalings.add(scaling);
    return new DeconvolutionalStack(moreLayers, moreScalings, schedule, passes);
  }

  /** The same filters with all scalings {@linkplain MapScaling#withoutMean linear}. */
  public DeconvolutionalStack withoutMeans() {
    List<MapScaling> linear = scalings.stream().map(MapScaling::withoutMean).toList();
    return new DeconvolutionalStack(layers, linear, schedule, passes);
  }

  /** Weights of the data term: a smaller λ explains less of the input. */
  @Override
  public DeconvolutionalStack withLambdas(List<Double> lambdas) {
    Checks.equal("lambda: weights, one a layer", depth(), lambdas.size());
    List<DeconvolutionalLayer> weighted = new ArrayList<>();
    for (int number = 1; number <= depth(); number++) {
      weighted.add(layer(number).withLambda(lambdas.get(number - 1)));
    }
    return new DeconvolutionalStack(weighted, scalings, schedule, passes);
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
    DeconvolutionalLayer layer = layer(number);
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("lambda", layer.lambda());
    settings.put("kappa", layer.kappa());
    settings.put("alpha", layer.alpha());
    return settings;
  }

  @Override
  public List<Long> codingBytes(Shape image) {
    List<Long> bytes = new ArrayList<>();
    Shape input = image;
    for (DeconvolutionalLayer layer : layers) {
      Shape maps = layer.mapShape(input);
      bytes.add(HalfQuadraticSplitting.bytes(input, maps));
      input = maps;
    }
    return bytes;
  }

  /**
   * A stack of filters that were learned elsewhere. No layer's codes are rescaled for the next one:
   * what their range is, only training images say.
   */
  public DeconvolutionalStack plusUnscaled(DeconvolutionalLayer top) {
    return plus(top, MapScaling.NONE);
  }

  @Override
  public boolean hasSwitches() {
    return false;
  }

  @Override
  public LayerActivations activations(ConvolutionEngine engine) {
    return new DeconvolutionalActivations(engine, this);
  }

  /** Each layer's dense code, projected down through the layers below it. */
  @Override
  public LayerReconstructions reconstructions(ConvolutionEngine engine) {
    DeconvolutionalInference inference = new DeconvolutionalInference(engine, this);
    return image -> {
      List<FeatureMaps> codes = inference.codes(image);
      List<FeatureMaps> reconstructions = new ArrayList<>();
      for (int number = 1; number <= depth(); number++) {
        reconstructions.add(inference.project(number, codes.get(number - 1)));
      }
      return reconstructions;
    };
  }

  /** Filters carried down to pixels, which needs no images. */
  @Override
  public FilterPictures filterPictures(ConvolutionEngine engine, List<FeatureMaps> images) {
    return new DeconvolutionalPictures(engine, this);
  }

  /**
   * sha256 over filters, connectivity, weights, scalings and how inference runs, independent of how
   * they were stored.
   */
  @Override
  public String fingerprint() {
    Fingerprint fingerprint = new Fingerprint().add(passes).add(schedule.rounds());
    schedule.betas().forEach(fingerprint::add);
    fingerprint.add(schedule.cgSteps()).add(schedule.tolerance());
    for (int number = 1; number <= depth(); number++) {
      DeconvolutionalLayer layer = layer(number);
      FilterBank f = layer.filters();
      fingerprint.add(f.maps()).add(f.channels()).add(f.side());
      fingerprint.add(f.connectivity()).add(f.data());
      fingerprint.add(layer.lambda()).add(layer.kappa()).add(layer.alpha());
      fingerprint.add(scaling(number).mean()).add(scaling(number).range());
    }
    return fingerprint.hex();
  }
}
