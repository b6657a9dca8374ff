package org.deconvnet.network.cnn;

import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.operator.cnn.AxisGeometry;
import org.deconvnet.tensor.Shape;

/** Receptive fields through windows, and of several branches. */
final class Fields {
  private Fields() {}

  /** The field of what looks at all of a map. */
  static ReceptiveField whole(Shape maps) {
    return new ReceptiveField(0, 0, maps.height(), maps.width());
  }

  /** What windows read that lie there in the output. */
  static ReceptiveField under(AxisGeometry rows, AxisGeometry columns, ReceptiveField above) {
    return new ReceptiveField(
        rows.stride() * above.top() - rows.before(),
        columns.stride() * above.left() - columns.before(),
        rows.stride() * (above.height() - 1) + rows.extent(),
        columns.stride() * (above.width() - 1) + columns.extent());
  }

  /** What transposed windows read: the inputs whose windows reach there. */
  static ReceptiveField over(AxisGeometry rows, AxisGeometry columns, ReceptiveField above) {
    int top = first(rows, above.top());
    int left = first(columns, above.left());
    return new ReceptiveField(
        top,
        left,
        last(rows, above.top() + above.height() - 1) - top + 1,
        last(columns, above.left() + above.width() - 1) - left + 1);
  }

  private static int first(AxisGeometry axis, int position) {
    return -Math.floorDiv(axis.extent() - 1 - position - axis.before(), axis.stride());
  }

  private static int last(AxisGeometry axis, int position) {
    return Math.floorDiv(position + axis.before(), axis.stride());
  }

  /** The smallest field that holds both. */
  static ReceptiveField union(ReceptiveField one, ReceptiveField other) {
    int top = Math.min(one.top(), other.top());
    int left = Math.min(one.left(), other.left());
    return new ReceptiveField(
        top,
        left,
        Math.max(one.top() + one.height(), other.top() + other.height()) - top,
        Math.max(one.left() + one.width(), other.left() + other.width()) - left);
  }
}
