package org.deconvnet.describe;

import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.StrongestActivations;
import org.deconvnet.network.adaptive.ActivationWindows;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.operator.Switches;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;

/**
 * What the features of a layer of the 2011 network are made of (Zeiler et al., ICCV 2011, section
 * 4): of an image's code the M activations of largest size, each reconstructed alone down to the
 * maps of layer 1 through the image's own switches.
 *
 * <p>Keeps the workspace of the last image shape. Not thread-safe: one a task, with an engine of
 * its own.
 */
public final class StrongestActivationResponses {
  private final ConvolutionEngine engine;
  private final AdaptiveNetwork network;
  private final int strongest;
  private Shape shape;
  private ActivationWindows windows;

  /**
   * @param network layers 1 to l; activations are those of the top one
   * @param strongest activations an image, M
   */
  public StrongestActivationResponses(
      ConvolutionEngine engine, AdaptiveNetwork network, int strongest) {
    Checks.atLeast("activations: layers of the network", 1, network.depth());
    Checks.atLeast("activations of an image", 1, strongest);
    this.engine = engine;
    this.network = network;
    this.strongest = strongest;
  }

  /**
   * @param image shape of the preprocessed image, (C, H, W)
   * @param codes one a layer from layer 1 to l, or more; those above are not read
   * @return the activations strongest first, at most M; none where the code is zero
   * @throws IllegalArgumentException if codes do not fit the network and the image
   */
  public ActivationResponses of(Shape image, List<SparseCode> codes) {
    Checks.atLeast("activations: codes, one a layer", network.depth(), codes.size());
    List<Switches> lower =
        codes.subList(0, network.depth() - 1).stream().map(SparseCode::switches).toList();
    prepare(image, lower);
    // In layer 1 an activation lies at a switch, and one from above comes down through them.
    Switches first = codes.get(0).switches();
    SharedPlaces places = new SharedPlaces(first.unpooled(), first.index());
    List<ActivationResponse> responses =
        StrongestActivations.of(codes.get(network.depth() - 1), strongest).stream()
            .map(a -> windows.inFirstLayer(a.index(), a.value()))
            .map(window -> ActivationResponse.of(window, places))
            .toList();
    return new ActivationResponses(image.height(), image.width(), places, responses);
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
