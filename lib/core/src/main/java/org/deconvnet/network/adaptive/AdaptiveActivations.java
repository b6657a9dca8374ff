package org.deconvnet.network.adaptive;

import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.Activation;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.network.StrongestOfMaps;
import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.operator.Switches;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;

/**
 * Activations of the 2011 network: pooled codes, each carried down through the image's own
 * switches.
 */
final class AdaptiveActivations implements LayerActivations {
  private final ConvolutionEngine engine;
  private final AdaptiveNetwork network;
  private final AdaptiveInference inference;
  private Shape image;
  private List<SparseCode> codes;

  /** One a layer, made when first asked for. */
  private ActivationWindows[] windows;

  AdaptiveActivations(ConvolutionEngine engine, AdaptiveNetwork network) {
    this.engine = engine;
    this.network = network;
    this.inference = new AdaptiveInference(engine, network);
  }

  @Override
  public int depth() {
    return network.depth();
  }

  @Override
  public void infer(FeatureMaps pixels) {
    codes = inference.codes(pixels);
    image = pixels.shape();
    windows = new ActivationWindows[network.depth()];
  }

  @Override
  public List<Activation> strongestOfMaps(int number) {
    SparseCode code = code(number);
    StrongestOfMaps strongest = new StrongestOfMaps(code.switches().unpooled());
    int[] index = code.switches().index();
    for (int i = 0; i < index.length; i++) {
      strongest.offer(index[i], code.pooled().data()[i]);
    }
    return strongest.all();
  }

  @Override
  public double density(int number) {
    return code(number).trace().density();
  }

  SparseCode code(int number) {
    return codes.get(number - 1);
  }

  @Override
  public MapWindow inPixels(int number, Activation activation) {
    return windows(number).inPixels(activation.index(), activation.value());
  }

  @Override
  public ReceptiveField field(int number, Activation activation) {
    return windows(number).fieldInPixels(activation.index());
  }

  ActivationWindows windows(int number) {
    if (windows[number - 1] == null) {
      List<Switches> lower =
          codes.subList(0, number - 1).stream().map(SparseCode::switches).toList();
      windows[number - 1] = new ActivationWindows(engine, network.upTo(number), lower, image);
    }
    return windows[number - 1];
  }
}
