package org.deconvnet.network.csc;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FilterBank;

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
  public CscLayer {
    Checks.equal("dictionary: filters", coding.maps(), filters.maps());
    Checks.equal("dictionary: rows of a filter", coding.side(), filters.side());
  }

  /** While it is learned, or from elsewhere. */
  public CscLayer(FilterBank filters, CodingOptions coding) {
    this(filters, coding, Double.NaN);
  }

  /** Another λ, of the kind that the layer has; how near codes came was of the old one. */
  CscLayer withLambda(double lambda) {
    return new CscLayer(filters, coding.withLambda(lambda, coding.relative()));
  }
}
