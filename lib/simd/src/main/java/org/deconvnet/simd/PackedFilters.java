package org.deconvnet.simd;

import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * One filter bank in the orders that the kernels read: made once, used in every iteration. Each
 * order is made when it is first asked for. Not thread-safe.
 */
final class PackedFilters {
  /** Outputs that {@link TapKernel} computes at once. */
  private static final int OUTPUTS = TapKernel.OUTPUTS;

  private final FilterBank source;
  private float[] byMap;
  private float[] byChannel;
  private float[] byPosition;
  private float[] byTap;
  private float[] interleaved;
  private Shape layoutOf;
  private EntryLayout layout;

  PackedFilters(FilterBank source) {
    this.source = source;
  }

  FilterBank source() {
    return source;
  }

  int mapTaps() {
    return source.channels() * source.side() * source.side();
  }

  int channelTaps() {
    return source.maps() * source.side() * source.side();
  }

  /** (group of four maps, channel, row, column, map in the group): for the adjoint. */
  float[] byMap() {
    if (byMap == null) {
      byMap = new float[Scratch.groups(source.maps()) * mapTaps() * OUTPUTS];
      for (int k = 0; k < source.maps(); k++) {
        int to = k / OUTPUTS * mapTaps() * OUTPUTS + k % OUTPUTS;
        for (int c = 0; c < source.channels(); c++) {
          copyPlane(k, c, byMap, to + c * area() * OUTPUTS);
        }
      }
    }
    return byMap;
  }

  /** (group of four channels, map, row, column, channel in the group): for the reconstruction. */
  float[] byChannel() {
    if (byChannel == null) {
      byChannel = new float[Scratch.groups(source.channels()) * channelTaps() * OUTPUTS];
      for (int c = 0; c < source.channels(); c++) {
        int to = c / OUTPUTS * channelTaps() * OUTPUTS + c % OUTPUTS;
        for (int k = 0; k < source.maps(); k++) {
          copyPlane(k, c, byChannel, to + k * area() * OUTPUTS);
        }
      }
    }
    return byChannel;
  }

  /** Numbers in a filter row of all maps, filled up to whole vectors. */
  int tapRun() {
    return TapKernel.roundUp(source.side() * source.maps());
  }

  /** (channel, row, run over column from the right and map): for the adjoint pixel by pixel. */
  float[] byTap() {
    if (byTap == null) {
      byTap = new float[source.channels() * source.side() * tapRun()];
      for (int k = 0; k < source.maps(); k++) {
        for (int c = 0; c < source.channels(); c++) {
          if (source.connectivity().connects(k, c)) {
            mirrorPlane(k, c);
          }
        }
      }
    }
    return byTap;
  }

  private void mirrorPlane(int map, int channel) {
    int side = source.side();
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        int to = (channel * side + i) * tapRun() + (side - 1 - j) * source.maps() + map;
        byTap[to] = source.get(map, channel, i, j);
      }
    }
  }

  private void copyPlane(int map, int channel, float[] to, int at) {
    if (source.connectivity().connects(map, channel)) {
      int from = source.offset(map, channel);
      for (int i = 0; i < area(); i++) {
        to[at + i * OUTPUTS] = source.data()[from + i];
      }
    }
  }

  /**
   * (channel, group of four taps, map, tap in the group), taps counted down the filter's columns:
   * for the reconstruction from the maps' side.
   */
  float[] byPosition() {
    if (byPosition == null) {
      int perChannel = Scratch.groups(area()) * source.maps() * OUTPUTS;
      byPosition = new float[source.channels() * perChannel];
      for (int c = 0; c < source.channels(); c++) {
        for (int k = 0; k < source.maps(); k++) {
          if (source.connectivity().connects(k, c)) {
            spreadPlane(k, c, c * perChannel + k * OUTPUTS);
          }
        }
      }
    }
    return byPosition;
  }

  private void spreadPlane(int map, int channel, int to) {
    int side = source.side();
    for (int t = 0; t < area(); t++) {
      int at = to + t / OUTPUTS * source.maps() * OUTPUTS + t % OUTPUTS;
      byPosition[at] = source.get(map, channel, t % side, t / side);
    }
  }

  /** The layout for entries over an image of this shape; kept, since shapes come in runs. */
  EntryLayout layout(Shape image) {
    if (!image.equals(layoutOf)) {
      layout = new EntryLayout(source, image);
      layoutOf = image;
    }
    return layout;
  }

  /** As {@link EntryLayout} says: for entries. */
  float[] interleaved(EntryLayout layout) {
    if (interleaved == null) {
      interleaved = new float[layout.blocks() * layout.blockLength()];
      for (int k = 0; k < source.maps(); k++) {
        for (int c = 0; c < source.channels(); c++) {
          if (source.connectivity().connects(k, c)) {
            interleavePlane(layout, k, c);
          }
        }
      }
    }
    return interleaved;
  }

  private void interleavePlane(EntryLayout layout, int map, int channel) {
    for (int i = 0; i < source.side(); i++) {
      for (int j = 0; j < source.side(); j++) {
        int at = layout.filterIndex(map, channel, i, j);
        interleaved[at] = source.get(map, channel, i, j);
        int copy = layout.copyIndex(at);
        if (copy >= 0) {
          interleaved[copy] = interleaved[at];
        }
      }
    }
  }

  private int area() {
    return source.side() * source.side();
  }
}
