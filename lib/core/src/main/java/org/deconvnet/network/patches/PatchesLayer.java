package org.deconvnet.network.patches;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.UserErrorException;

/**
 * Words, and how windows are coded with them.
 *
 * @param words b of whitened windows, (maps, channels, side, side), each of norm 1 at most
 * @param whitening of windows before they are coded
 * @param coding with as many words, of the same side
 * @param gap share of the objective of the windows it was learned from by which better codes might
 *     lower it; NaN if it was not learned here
 */
public record PatchesLayer(
    FilterBank words, Whitening whitening, PatchCodingOptions coding, double gap)
    implements Serializable {
  private static final double NORM_SLACK = 1e-4;

  /**
   * @throws UserErrorException if a word is longer
   */
  public PatchesLayer {
    Checks.equal("patches: words", coding.maps(), words.maps());
    Checks.equal("patches: rows of a word", coding.windows().side(), words.side());
    Checks.equal("patches: numbers of a whitened window", dimension(words), whitening.dimension());
    for (int k = 0; k < words.maps(); k++) {
      if (!(words.norm(k) <= 1 + NORM_SLACK)) {
        throw new UserErrorException(
            "word %d: expected a norm of 1 at most, got %s; divide each word by its norm"
                .formatted(k + 1, words.norm(k)));
      }
    }
  }

  /** Words of pixels that are not whitened, from elsewhere. */
  public static PatchesLayer ofPixels(FilterBank words, PatchCodingOptions coding) {
    return new PatchesLayer(words, Whitening.none(dimension(words)), coding, Double.NaN);
  }

  private static int dimension(FilterBank words) {
    return words.channels() * words.side() * words.side();
  }

  /** The words as filters of one pixel on as many channels as a window has numbers. */
  FilterBank columns() {
    return columns(words);
  }

  static FilterBank columns(FilterBank words) {
    return FilterBank.of(Connectivity.full(words.maps(), dimension(words)), 1, words.data());
  }

  /** What {@link #columns(FilterBank)} made columns of. */
  static FilterBank words(FilterBank columns, int side) {
    int channels = columns.channels() / (side * side);
    return FilterBank.of(Connectivity.full(columns.maps(), channels), side, columns.data());
  }

  /** What a word adds to the pixels of its window, W⁻¹ b, (maps, channels, side, side). */
  FilterBank inPixels() {
    FilterBank pixels = FilterBank.zeros(words.connectivity(), words.side());
    for (int k = 0; k < words.maps(); k++) {
      float[] one = whitening.inPixels(words.data(), words.offset(k, 0));
      System.arraycopy(one, 0, pixels.data(), words.offset(k, 0), one.length);
    }
    return pixels;
  }
}
