package org.deconvnet.network.deconvolutional;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.Activation;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.network.StrongestOfMaps;
import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;

/**
 * Activations of the 2010 network: entries of dense codes. It has no switches, so an activation is
 * the picture of its map's filter, as strong as the activation, wherever it lies.
 */
final class DeconvolutionalActivations implements LayerActivations {
  private final DeconvolutionalStack stack;
  private final DeconvolutionalInference inference;
  private final DeconvolutionalPictures pictures;

  /** Of each layer, made when first asked for: one picture a map. */
  private final List<List<FeatureMaps>> filters = new ArrayList<>();

  private List<FeatureMaps> codes;
  private Shape image;

  DeconvolutionalActivations(ConvolutionEngine engine, DeconvolutionalStack stack) {
    this.stack = stack;
    this.inference = new DeconvolutionalInference(engine, stack);
    this.pictures = new DeconvolutionalPictures(engine, stack);
    for (int l = 0; l < stack.depth(); l++) {
      filters.add(List.of());
    }
  }

  @Override
  public int depth() {
    return stack.depth();
  }

  @Override
  public void infer(FeatureMaps pixels) {
    codes = inference.codes(pixels);
    image = pixels.shape();
  }

  @Override
  public List<Activation> strongestOfMaps(int number) {
    FeatureMaps code = codes.get(number - 1);
    StrongestOfMaps strongest = new StrongestOfMaps(code.shape());
    for (int i = 0; i < code.data().length; i++) {
      strongest.offer(i, code.data()[i]);
    }
    return strongest.all();
  }

  @Override
  public double density(int number) {
    return inference.traces().get(number - 1).density();
  }

  @Override
  public MapWindow inPixels(int number, Activation activation) {
    int map = activation.index() / codes.get(number - 1).shape().plane();
    FeatureMaps picture = filters(number).get(map);
    ReceptiveField field = field(number, activation);
    ReceptiveField inside = field.within(image);
    MapWindow window =
        MapWindow.cut(
            picture,
            inside.top() - field.top(),
            inside.left() - field.left(),
            inside.height(),
            inside.width());
    scale(window.values(), activation.value());
    return new MapWindow(image, inside.top(), inside.left(), window.values());
  }

  private static void scale(FeatureMaps maps, float factor) {
    for (int i = 0; i < maps.data().length; i++) {
      maps.data()[i] *= factor;
    }
  }

  @Override
  public ReceptiveField field(int number, Activation activation) {
    Shape maps = codes.get(number - 1).shape();
    return ReceptiveField.ofEntry(maps, activation.index()).throughFilter(pictures.reach(number));
  }

  private List<FeatureMaps> filters(int number) {
    if (filters.get(number - 1).isEmpty()) {
      filters.set(number - 1, pictures.of(number));
    }
    return filters.get(number - 1);
  }
}
