package org.deconvnet.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.Activation;
import org.deconvnet.network.StrongestActivations;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.operator.Switches;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;

/**
 * One activation of the top layer of the 2011 network, taken apart: into the b strongest
 * activations that it is made of in the layer below, each of those into its own b strongest, down
 * to layer 1. With b = 5 and four layers these are 1, 5, 25 and 125 (Zeiler et al., ICCV 2011,
 * section 4). What an activation is made of in the layer below is U_s F e: its filter, put at the
 * image's own switches.
 *
 * <p>Each level in pixels is the sum of its parts, each carried down alone; with all parts in place
 * of the strongest, levels would be equal.
 *
 * @param field pixels that the top activation can reach: all of its parts lie there
 * @param levels from the top layer down to layer 1
 */
public record TopDownDecomposition(ReceptiveField field, List<Level> levels) {
  public TopDownDecomposition {
    levels = List.copyOf(levels);
  }

  /**
   * The parts in one layer.
   *
   * @param layer from 1
   * @param parts each part's b follow each other, strongest first; a part of two activations is
   *     there twice
   * @param alone what each part alone is in pixels, (C, H, W)
   * @param together the sum of these, (C, H, W)
   */
  public record Level(
      int layer, List<Activation> parts, List<MapWindow> alone, FeatureMaps together) {
    /** ‖top − together‖² / ‖top‖², in pixels: what taking apart has lost so far. */
    private double lost(Level top) {
      double whole = top.together.squaredNorm();
      return whole == 0 ? 0 : top.together.squaredDistance(together) / whole;
    }
  }

  /** The share of the top activation's picture that a level lacks, in squares; 0 for the top. */
  public List<Double> lost() {
    return levels.stream().map(level -> level.lost(levels.get(0))).toList();
  }

  /**
   * Takes apart the strongest activation of the top layer.
   *
   * @param image preprocessed, (C, H, W)
   * @param branching parts of an activation to keep, b
   * @return empty if the top layer's code is zero
   */
  public static Optional<TopDownDecomposition> of(
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
