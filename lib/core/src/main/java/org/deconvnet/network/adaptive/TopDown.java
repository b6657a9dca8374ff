package org.deconvnet.network.adaptive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.Activation;
import org.deconvnet.network.StrongestActivations;
import org.deconvnet.network.TopDownDecomposition;
import org.deconvnet.network.TopDownDecomposition.Level;
import org.deconvnet.operator.Switches;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;

/**
 * Takes activations apart through an image's own switches, as {@link TopDownDecomposition} says.
 */
final class TopDown {
  private TopDown() {}

  /**
   * Takes apart the strongest activation of the top layer.
   *
   * @param image preprocessed, (C, H, W)
   * @param branching parts of an activation to keep, b
   * @return empty if the top layer's code is zero
   */
  static Optional<TopDownDecomposition> of(
      ConvolutionEngine engine, AdaptiveNetwork network, FeatureMaps image, int branching) {
    Checks.atLeast("decomposition: parts of an activation", 1, branching);
    AdaptiveActivations activations = new AdaptiveActivations(engine, network);
    activations.infer(image);
    List<Activation> strongest = StrongestActivations.of(activations.code(network.depth()), 1);
    return strongest.stream().findFirst().map(top -> of(activations, top, image, branching));
  }

  private static TopDownDecomposition of(
      AdaptiveActivations activations, Activation top, FeatureMaps image, int branching) {
    int depth = activations.depth();
    List<Activation> parts = List.of(top);
    List<Level> levels = new ArrayList<>();
    levels.add(level(activations, depth, parts, image));
    for (int number = depth; number > 1; number--) {
      parts = partsBelow(activations, number, parts, branching);
      levels.add(level(activations, number - 1, parts, image));
    }
    return new TopDownDecomposition(activations.field(depth, top), levels);
  }

  private static Level level(
      AdaptiveActivations activations, int number, List<Activation> parts, FeatureMaps image) {
    FeatureMaps together = FeatureMaps.zeros(image.shape());
    List<MapWindow> alone = new ArrayList<>();
    for (Activation part : parts) {
      MapWindow window = activations.inPixels(number, part);
      window.addTo(together);
      alone.add(window);
    }
    return new Level(number, parts, alone, together);
  }

  private static List<Activation> partsBelow(
      AdaptiveActivations activations, int number, List<Activation> parts, int branching) {
    Switches switches = activations.code(number - 1).switches();
    List<Activation> below = new ArrayList<>();
    for (Activation part : parts) {
      MapWindow made = activations.windows(number).inInput(part.index(), part.value());
      below.addAll(strongest(made, switches, branching));
    }
    return below;
  }

  /** Of what a window of pooled maps holds, the strongest, at their switches. */
  private static List<Activation> strongest(MapWindow window, Switches switches, int branching) {
    StrongestActivations strongest = new StrongestActivations(branching);
    FeatureMaps values = window.values();
    for (int c = 0; c < values.maps(); c++) {
      for (int y = 0; y < values.height(); y++) {
        for (int x = 0; x < values.width(); x++) {
          int pooled = window.frameIndex(c, y, x);
          strongest.offer(switches.index()[pooled], values.get(c, y, x));
        }
      }
    }
    return strongest.strongestFirst();
  }
}
