package org.deconvnet.network.adaptive;

import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.operator.Synthesis;
import org.deconvnet.solve.Ista;
import org.deconvnet.solve.OperatorNorm;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/** Adaptive networks of filters that were learned elsewhere. */
public final class GivenFilters {
  /**
   * Rows and columns of the image that a layer's norm is estimated for; larger ones gain little.
   */
  private static final int SIDE = 64;

  private static final long SEED = 1;

  private GivenFilters() {}

  /**
   * The network. Where a layer's options leave the step open, it is safe for any image: unpooling
   * makes nothing larger, so ‖R_lᵀR_l‖ is at most the product of the layers' own norms. A step
   * learned from images is larger in higher layers.
   *
   * @param options one a layer
   * @param filters one a layer, of the options' maps and side
   * @throws IllegalArgumentException if layers do not fit on each other
   */
  public static AdaptiveNetwork network(
      ConvolutionEngine engine, List<AdaptiveOptions> options, List<FilterBank> filters) {
    Checks.equal("filters, one a layer", options.size(), filters.size());
    AdaptiveNetwork network = AdaptiveNetwork.empty();
    double norm = 1;
    for (int l = 0; l < options.size(); l++) {
      norm *= norm(engine, filters.get(l));
      Checks.positive("norm of the filters of layer " + (l + 1), norm);
      double step = options.get(l).step() > 0 ? options.get(l).step() : Ista.MARGIN / norm;
      network = network.plus(options.get(l).layer(filters.get(l), step));
    }
    return network;
  }

  private static double norm(ConvolutionEngine engine, FilterBank filters) {
    int side = SIDE + filters.side();
    Shape image = new Shape(filters.channels(), side, side);
    return OperatorNorm.estimate(new Synthesis(engine, filters, image), SEED);
  }
}
