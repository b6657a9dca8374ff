package org.deconvnet.report;

import java.util.List;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.infer.Activation;
import org.deconvnet.infer.NetworkInference;
import org.deconvnet.infer.SparseCode;
import org.deconvnet.layer.ActivationWindows;
import org.deconvnet.layer.Network;
import org.deconvnet.layer.ReceptiveField;
import org.deconvnet.pool.Switches;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;

/**
 * Activations of the 2011 network: pooled codes, each carried down through the image's own
 * switches.
 */
final class AdaptiveActivations implements LayerActivations {
  private final ConvolutionEngine engine;
  private final Network network;
  private final NetworkInference inference;
  private Shape image;
  private List<SparseCode> codes;

  /** One a layer, made when first asked for. */
  private ActivationWindows[] windows;

  AdaptiveActivations(ConvolutionEngine engine, Network network) {
    this.engine = engine;
    this.network = network;
    this.inference = new NetworkInference(engine, network);
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
