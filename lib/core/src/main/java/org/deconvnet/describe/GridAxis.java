package org.deconvnet.describe;

import java.util.Arrays;

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
  private final int cells;
  private final int size;
  private final int stepPitches;
  private final int cellPitches;

  GridAxis(int imageSide, DescriptorOptions options) {
    this(starts(imageSide, options), options.step(), options.cellSize(), options.cells());
  }

  private GridAxis(int[] starts, int step, int cellSize, int cells) {
    this.starts = starts;
    this.step = step;
    this.cellSize = cellSize;
    this.cells = cells;
    // Patch starts and cells are multiples of the step and of the cell size, so their common
    // divisor is the coarsest lattice that holds every cell: with step 4 and cells of 4 each cell
    // is computed once for the up to 4 patches that share it.
    pitch = greatestCommonDivisor(step, cellSize);
    stepPitches = step / pitch;
    cellPitches = cellSize / pitch;
    size =
        starts.length == 0 ? 0 : ((starts.length - 1) * step + (cells - 1) * cellSize) / pitch + 1;
  }

  /**
   * The same axis with those patches alone whose cells reach one of {@code count} pixels from
   * {@code first} on, which may lie outside the image.
   */
  GridAxis seeing(int first, int count) {
    int before = cellSize / 2;
    int seen = (cells + 1) * cellSize;
    int[] some =
        Arrays.stream(starts)
            .filter(start -> start - before < first + count && start - before + seen > first)
            .toArray();
    return new GridAxis(some, step, cellSize, cells);
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
    return patch * stepPitches + cell * cellPitches;
  }
}
