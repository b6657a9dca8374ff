package org.deconvnet.operator;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;

/**
 * The rows and columns that one activation can reach on its way down. It is as large wherever the
 * activation sits, so near a border it leaves the frame: rows and columns may be negative. Which of
 * its numbers are zero depends on filters and switches. Thread-safe.
 *
 * @param top first row
 * @param left first column
 * @param height rows
 * @param width columns
 */
public record ReceptiveField(int top, int left, int height, int width) {
  /** The place of an entry itself, counted in (map, row, column) order. */
  public static ReceptiveField ofEntry(Shape maps, int index) {
    int inPlane = index % maps.plane();
    return new ReceptiveField(inPlane / maps.width(), inPlane % maps.width(), 1, 1);
  }

  /** What filters of that side reach in a layer's input from here in its maps. */
  public ReceptiveField throughFilter(int side) {
    return new ReceptiveField(top - side + 1, left - side + 1, height + side - 1, width + side - 1);
  }

  /** What unpooling reaches from here in pooled maps, whatever the switches. */
  public ReceptiveField throughUnpooling(PoolSize size) {
    return new ReceptiveField(
        top * size.rows(), left * size.columns(), height * size.rows(), width * size.columns());
  }

  /** The part inside some maps, with what they hold there, newly allocated. */
  public MapWindow cut(FeatureMaps maps) {
    ReceptiveField inside = within(maps.shape());
    return MapWindow.cut(maps, inside.top, inside.left, inside.height, inside.width);
  }

  /** As much of it as a frame has room for, moved by no more than that takes. */
  public ReceptiveField movedInto(Shape frame) {
    int rows = Math.min(height, frame.height());
    int columns = Math.min(width, frame.width());
    return new ReceptiveField(
        Math.max(0, Math.min(top, frame.height() - rows)),
        Math.max(0, Math.min(left, frame.width() - columns)),
        rows,
        columns);
  }

  /** The part inside a frame. */
  public ReceptiveField within(Shape frame) {
    int firstRow = Math.max(0, top);
    int firstColumn = Math.max(0, left);
    return new ReceptiveField(
        firstRow,
        firstColumn,
        Math.min(frame.height(), top + height) - firstRow,
        Math.min(frame.width(), left + width) - firstColumn);
  }
}
