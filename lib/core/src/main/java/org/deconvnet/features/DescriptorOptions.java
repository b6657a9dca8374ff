package org.deconvnet.features;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;

/**
 * @param patch pixels along a descriptor's side
 * @param step pixels between neighbouring descriptors
 * @param cells cells along a descriptor's side; divides {@code patch}
 * @param clip entries of the normalised descriptor are cut here before it is normalised again
 */
public record DescriptorOptions(int patch, int step, int cells, double clip)
    implements Serializable {
  /** What worked best for layer-1 maps of images 150 pixels long. */
  public static final DescriptorOptions DEFAULTS = new DescriptorOptions(16, 4, 4, 0.2);

  public DescriptorOptions {
    Checks.atLeast("descriptor patch", 1, patch);
    Checks.atLeast("descriptor step", 1, step);
    Checks.atLeast("descriptor cells", 1, cells);
    Checks.positive("descriptor clip", clip);
    if (patch % cells != 0) {
      throw new IllegalArgumentException(
          "descriptor patch: expected a multiple of %d cells, got %d".formatted(cells, patch));
    }
  }

  /** Pixels along a cell's side. */
  public int cellSide() {
    return patch / cells;
  }
}
