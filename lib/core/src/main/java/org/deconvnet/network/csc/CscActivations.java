package org.deconvnet.network.csc;

import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.Activation;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.network.StrongestOfMaps;
import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.solve.greedy.CodedImage;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/**
 * Activations of a dictionary: the numbers of a code that are not zero, each its filter at one
 * place. What a circular boundary carries to the other edge is not shown.
 */
final class CscActivations implements LayerActivations {
  private final CscLayer layer;
  private final CscInference inference;
  private final List<FeatureMaps> filters;
  private CodedImage coded;
  private Shape image;

  CscActivations(ConvolutionEngine engine, CscNetwork network) {
    this.layer = network.layer();
    this.inference = new CscInference(engine, layer);
    this.filters = new CscPictures(network).of(1);
  }

  @Override
  public int depth() {
    return 1;
  }

  @Override
  public void infer(FeatureMaps pixels) {
    coded = inference.code(pixels);
    image = pixels.shape();
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
    ReceptiveField inside = field.within(image);
    MapWindow window =
        MapWindow.cut(
            filters.get(map(activation)),
            inside.top() - field.top(),
            inside.left() - field.left(),
            inside.height(),
            inside.width());
    float[] values = window.values().data();
    for (int i = 0; i < values.length; i++) {
      values[i] *= activation.value();
    }
    return new MapWindow(image, inside.top(), inside.left(), window.values());
  }

  @Override
  public ReceptiveField field(int number, Activation activation) {
    Shape maps = coded.code().shape();
    int side = layer.filters().side();
    ReceptiveField place = ReceptiveField.ofEntry(maps, activation.index());
    int own = filters.get(map(activation)).height();
    return new ReceptiveField(
        layer.coding().boundary().firstPixel(place.top(), side),
        layer.coding().boundary().firstPixel(place.left(), side),
        own,
        own);
  }

  private int map(Activation activation) {
    return activation.index() / coded.code().shape().plane();
  }
}
