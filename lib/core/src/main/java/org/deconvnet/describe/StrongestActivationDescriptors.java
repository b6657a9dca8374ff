package org.deconvnet.describe;

import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.Activation;
import org.deconvnet.network.StrongestActivations;
import org.deconvnet.network.adaptive.ActivationWindows;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.operator.Switches;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;

/**
 * The features of a layer of the 2011 network (Zeiler et al., ICCV 2011, section 4): of an image's
 * code the M activations of largest size, each reconstructed alone down to the maps of layer 1
 * through the image's own switches, and described there.
 *
 * <p>Keeps the workspace of the last image shape. Not thread-safe: one a task, with an engine of
 * its own.
 */
public final class StrongestActivationDescriptors {
  private final ConvolutionEngine engine;
  private final AdaptiveNetwork network;
  private final ActivationOptions activations;
  private final DescriptorOptions descriptors;
  private Shape shape;
  private ActivationWindows windows;

  /**
   * @param network layers 1 to l; the top one is described
   */
  public StrongestActivationDescriptors(
      ConvolutionEngine engine,
      AdaptiveNetwork network,
      ActivationOptions activations,
      DescriptorOptions descriptors) {
    Checks.atLeast("activations: layers of the network", 1, network.depth());
    this.engine = engine;
    this.network = network;
    this.activations = activations;
    this.descriptors = descriptors;
  }

  /**
   * @param image shape of the preprocessed image, (C, H, W)
   * @param codes one a layer from layer 1 to l, or more; those above are not read
   * @return the activations strongest first, at most M; none where the code is zero
   * @throws IllegalArgumentException if codes do not fit the network and the image
   */
  public ActivationDescriptors describe(Shape image, List<SparseCode> codes) {
    Checks.atLeast("activations: codes, one a layer", network.depth(), codes.size());
    List<Switches> lower =
        codes.subList(0, network.depth() - 1).stream().map(SparseCode::switches).toList();
    prepare(image, lower);
    int maps = network.layer(1).filters().maps();
    WindowDescriptors described =
        new WindowDescriptors(
            descriptors, activations.leastShare(), maps, image.height(), image.width());
    SparseCode top = codes.get(network.depth() - 1);
    for (Activation a : StrongestActivations.of(top, activations.strongest())) {
      MapWindow window = windows.inFirstLayer(a.index(), a.value());
      described.add(window);
    }
    return described.all();
  }

  private void prepare(Shape image, List<Switches> lower) {
    if (image.equals(shape)) {
      windows.use(lower);
    } else {
      windows = new ActivationWindows(engine, network, lower, image);
      shape = image;
    }
  }
}
