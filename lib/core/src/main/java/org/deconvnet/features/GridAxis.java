package org.deconvnet.features;

/**
 * One axis of the grid: where patches start, and the sparse lattice of cell positions that all of
 * them share. A patch that starts at {@code starts[p]} has its cell i at lattice index {@code
 * latticeIndex(p, i)}; lattice index q stands for the cell whose first pixel is {@code origin + q *
 * pitch}.
 */
final class GridAxis {
  private final int[] starts;
  private final int pitch;
  private final int step;
  private final int cellSize;
  private final int size;

  GridAxis(int imageSide, DescriptorOptions options) {
    starts = starts(imageSide, options);
    step = options.step();
    cellSize = options.cellSize();
    // Patch starts and cells are multiples of the step and of the cell size, so their common
    // divisor is the coarsest lattice that holds every cell: with step 4 and cells of 4 each cell
    // is computed once for the up to 4 patches that share it.
    pitch = greatestCommonDivisor(step, cellSize);
    size =
        starts.length == 0
            ? 0
            : ((starts.length - 1) * step + (options.cells() - 1) * cellSize) / pitch + 1;
  }

  private static int[] starts(int imageSide, DescriptorOptions options) {
    int room = imageSide - options.patch();
    if (room < 0) {
      return new int[0];
    }
    int[] starts = new int[room / options.step() + 1];
    int first = room % options.step() / 2;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = first + i * options.step();
    }
    return starts;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  int[] starts() {
    return starts;
  }

  int patches() {
    return starts.length;
  }

  /** Lattice positions on this axis. */
  int size() {
    return size;
  }

  /** First pixel of the cell at a lattice index. */
  int cellStart(int latticeIndex) {
    return starts[0] + latticeIndex * pitch;
  }

  int latticeIndex(int patch, int cell) {
    return (patch * step + cell * cellSize) / pitch;
  }
}
