package org.deconvnet.network;

import java.util.List;
import org.deconvnet.operator.ReceptiveField;
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
}
