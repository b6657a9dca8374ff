package org.deconvnet.network.csc;

import java.io.Serializable;
import org.deconvnet.dictionary.AtomShapes;
import org.deconvnet.solve.greedy.TiledProblem;
import org.deconvnet.solve.greedy.Tiling;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * A dictionary and how images are coded with it.
 *
 * @param filters d, (maps, channels, side, side), each of norm 1 at most
 * @param coding of the filters' sizes
 * @param gap share of the objective of the images it was learned from by which better codes might
 *     lower it; NaN if it was not learned here
 */
public record CscLayer(FilterBank filters, CodingOptions coding, double gap)
    implements Serializable {
  private static final double NORM_SLACK = 1e-4;

  /**
   * @throws UserErrorException if a filter is longer, or larger than its group says
   */
  public CscLayer {
    Checks.equal("dictionary: filters", coding.maps(), filters.maps());
    Checks.equal("dictionary: rows of a filter", coding.side(), filters.side());
    requireSizes(filters, coding.shapes());
  }

  private static void requireSizes(FilterBank filters, AtomShapes shapes) {
    for (int k = 0; k < filters.maps(); k++) {
      if (!(filters.norm(k) <= 1 + NORM_SLACK)) {
        throw new UserErrorException(
            "filter %d: expected a norm of 1 at most, got %s; divide each filter by its norm"
                .formatted(k + 1, filters.norm(k)));
      }
      if (!shapes.holds(filters, k)) {
        throw new UserErrorException(
            "filter %d: expected zeros beyond the first %d rows and columns, as its group of atoms says, got others"
                .formatted(k + 1, shapes.side(k)));
      }
    }
  }

  /** While it is learned, or from elsewhere. */
  public CscLayer(FilterBank filters, CodingOptions coding) {
    this(filters, coding, Double.NaN);
  }

  /**
   * The coding of an image in tiles, with λ as it stands: as a number, or as a share.
   *
   * @param image (C, H, W)
   * @param tileSide a tile owns at most so many rows and columns of places
   * @throws UserErrorException if the image is smaller than a filter, or cannot be cut like this
   */
  public TiledProblem tiled(Shape image, int tileSide) {
    Tiling tiling = Tiling.ofSide(coding.boundary(), filters.side(), image, tileSide);
    return new TiledProblem(filters, coding.penalty(), coding.descent(), tiling);
  }

  /** Another λ, of the kind that the layer has; how near codes came was of the old one. */
  CscLayer withLambda(double lambda) {
    return new CscLayer(filters, coding.withLambda(lambda, coding.relative()));
  }

  /** The same dictionary, its codes by coordinate descent. */
  CscLayer greedy() {
    return new CscLayer(filters, coding.withSolver(SolverChoice.DEFAULTS), gap);
  }
}
