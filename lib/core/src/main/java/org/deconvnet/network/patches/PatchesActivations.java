package org.deconvnet.network.patches;

import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.Activation;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.network.StrongestOfMaps;
import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/**
 * Activations of words: the numbers of codes that are not zero, each its word in one window. What
 * one adds to the image is divided by the number of windows over each pixel; means are no words'.
 */
final class PatchesActivations implements LayerActivations {
  private final PatchesInference inference;
  private final PatchesLayer layer;
  private final FilterBank pixels;
  private PatchesInference.Coded coded;
  private Shape image;
  private FeatureMaps cover;

  PatchesActivations(ConvolutionEngine engine, PatchesLayer layer) {
    this.layer = layer;
    this.inference = new PatchesInference(engine, layer);
    this.pixels = layer.inPixels();
  }

  @Override
  public int depth() {
    return 1;
  }

  @Override
  public void infer(FeatureMaps given) {
    coded = inference.code(given);
    image = given.shape();
    cover = layer.coding().windows().grid(image).cover();
  }

  @Override
  public List<Activation> strongestOfMaps(int number) {
    SparseMaps code = coded.code();
    StrongestOfMaps strongest = new StrongestOfMaps(code.shape());
    for (int e = 0; e < code.entries(); e++) {
      strongest.offer(code.index()[e], code.values()[e]);
    }
    return strongest.all();
  }

  @Override
  public double density(int number) {
    return coded.trace().density();
  }

  @Override
  public MapWindow inPixels(int number, Activation activation) {
    ReceptiveField field = field(number, activation);
    FeatureMaps values =
        FeatureMaps.zeros(new Shape(pixels.channels(), pixels.side(), pixels.side()));
    int map = activation.index() / coded.code().shape().plane();
    for (int c = 0; c < values.maps(); c++) {
      for (int i = 0; i < values.height(); i++) {
        for (int j = 0; j < values.width(); j++) {
          float windows = cover.get(0, field.top() + i, field.left() + j);
          values.set(c, i, j, activation.value() * pixels.get(map, c, i, j) / windows);
        }
      }
    }
    return new MapWindow(image, field.top(), field.left(), values);
  }

  @Override
  public ReceptiveField field(int number, Activation activation) {
    ReceptiveField place = ReceptiveField.ofEntry(coded.code().shape(), activation.index());
    return new ReceptiveField(place.top(), place.left(), pixels.side(), pixels.side());
  }
}
