package org.deconvnet.describe;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * How {@link PatchDescriptors} divides an image. Construction throws {@link
 * IllegalArgumentException} if a number is not positive or the cells do not divide the patch.
 *
 * @param patch rows and columns of one patch in image pixels; a multiple of {@code cells}
 * @param step pixels between neighbouring patches
 * @param cells cells along one side of a patch
 * @param clip the largest entry of a unit-norm descriptor before it is normalised again; 1 clips
 *     nothing
 */
public record DescriptorOptions(int patch, int step, int cells, double clip)
    implements Serializable {
  /** Patches of 16, step 4, 4 x 4 cells and clip 0.2: for images of about 150 pixels. */
  public static final DescriptorOptions DEFAULTS = new DescriptorOptions(16, 4, 4, 0.2);

  public DescriptorOptions {
    Checks.atLeast("descriptor step", 1, step);
    Checks.atLeast("descriptor cells", 1, cells);
    Checks.atLeast("descriptor patch", cells, patch);
    Checks.positive("descriptor clip", clip);
    if (patch % cells != 0) {
      throw new UserErrorException(
          "descriptor patch: expected a multiple of %d cells, got %d".formatted(cells, patch));
    }
  }

  /** Rows and columns of one cell in pixels. */
  public int cellSize() {
    return patch / cells;
  }

  /** Numbers in one descriptor of a layer with that many maps. */
  public int dimension(int channels) {
    return channels * cells * cells;
  }
}
