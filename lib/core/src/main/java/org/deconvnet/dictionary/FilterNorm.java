package org.deconvnet.dictionary;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.UserErrorException;

/**
 * What of a filter has unit norm. The paper of 2011 does not say which; the program of 2010 scales
 * planes. With planes at unit norm the reconstruction of a layer grows with the square root of its
 * channels, so the same λ leaves more activations alive. Thread-safe.
 */
public enum FilterNorm {
  /** ‖f_k‖ = 1: {@link UnitNorm}. */
  FILTER {
    @Override
    public FilterBank project(FilterBank filters) {
      return UnitNorm.project(filters);
    }

    @Override
    public boolean isZero(FilterBank filters, int map) {
      return filters.norm(map) == 0;
    }
  },
  /** ‖f_{k,c}‖ = 1 for every channel c: {@link UnitPlanes}. */
  PLANE {
    @Override
    public FilterBank project(FilterBank filters) {
      return UnitPlanes.project(filters);
    }

    @Override
    public boolean isZero(FilterBank filters, int map) {
      return UnitPlanes.hasZero(filters, map);
    }
  };

  /** The names that users write. */
  public static final List<String> NAMES = Arrays.stream(values()).map(FilterNorm::text).toList();

  /**
   * @throws UserErrorException if there is no such norm
   */
  public static FilterNorm of(String text) {
    if (!NAMES.contains(text)) {
      throw new UserErrorException("norm: expected filter or plane, got '%s'".formatted(text));
    }
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** As users write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A copy, scaled.
   *
   * @throws IllegalArgumentException if a filter, or a plane, is zero or not finite
   */
  public abstract FilterBank project(FilterBank filters);

  /** Whether a map's filter holds what cannot be scaled. */
  public abstract boolean isZero(FilterBank filters, int map);
}
