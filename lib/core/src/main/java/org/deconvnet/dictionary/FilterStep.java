package org.deconvnet.dictionary;

import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.UserErrorException;

/** How the driver makes better filters from the statistics of codes. */
public interface FilterStep {
  /** The two ways there are. */
  enum Kind {
    /** {@link UnitSphereStep}: smooth filters, the lower objective in first layers. */
    UNIT_SPHERE("unitSphere"),
    /** {@link LeastSquaresStep}: sharp filters, the lower objective in layers of pairs. */
    LEAST_SQUARES("leastSquares");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Its name in configurations. */
    public String text() {
      return text;
    }

    /**
     * @throws IllegalArgumentException if there is none of this name
     */
    public static Kind parse(String text) {
      for (Kind kind : values()) {
        if (kind.text.equals(text)) {
          return kind;
        }
      }
      throw new UserErrorException(
          "filterStep: expected unitSphere or leastSquares, got '%s'".formatted(text));
    }
  }

  /**
   * @param start filters with planes of unit norm; not changed
   * @return filters with planes of unit norm
   */
  FilterBank solve(FilterQuadratic quadratic, FilterBank start);
}
