package org.deconvnet.simd;

import java.util.List;
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
  private final int connections;
  private final TileInputs[] channels = new TileInputs[OUTPUTS + 1];
  private final float[][] byMap = new float[OUTPUTS + 1][];
  private final TileInputs mapsOfFour;
  private final TileInputs mapsOfOne;
  private final List<TapGroup> tapGroups;
  private final int groupTaps;
  private float[] byChannel;
  private float[] byPosition;
  private float[] byTap;
  private float[] interleaved;
  private Shape layoutOf;
  private EntryLayout layout;

  PackedFilters(FilterBank source) {
    this.source = source;
    connections = source.connectivity().connections();
    for (int rows = 1; rows <= OUTPUTS; rows *= 2) {
      channels[rows] = TileInputs.channelsOfMaps(source.connectivity(), OUTPUTS / rows);
    }
    mapsOfFour = TileInputs.mapsOfChannels(source.connectivity(), OUTPUTS);
    mapsOfOne = TileInputs.mapsOfChannels(source.connectivity(), 1);
    tapGroups = TapGroup.of(source.side());
    groupTaps = TapGroup.taps(tapGroups);
  }

  FilterBank source() {
    return source;
  }

  /** Filter planes that are connected. */
  int connections() {
    return connections;
  }

  /** Channels of each tile of {@code 4 / rows} maps. */
  TileInputs channels(int rows) {
    return channels[rows];
  }

  /** Maps of each tile of four channels. */
  TileInputs mapsOfFour() {
    return mapsOfFour;
  }

  /** Maps of each channel. */
  TileInputs mapsOfOne() {
    return mapsOfOne;
  }

  /** Taps that one channel has where a tile holds so many neighbouring rows. */
  int channelTaps(int rows) {
    return (source.side() + rows - 1) * source.side();
  }

  /**
   * (tile, channel of the tile, row, column, output in the tile), outputs being (map, row) of
   * {@code 4 / rows} maps: for the adjoint. A filter is moved down by its output's row.
   *
   * @param rows 1, 2 or 4 neighbouring rows in a tile
   */
  float[] byMap(int rows) {
    if (byMap[rows] == null) {
      TileInputs tiles = channels[rows];
      int apart = channelTaps(rows) * OUTPUTS;
      byMap[rows] = new float[tiles.total() * apart];
      for (int tile = 0; tile < tiles.tiles(); tile++) {
        for (int n = 0; n < tiles.of(tile).length; n++) {
          copyOutputs(tile, tiles.of(tile)[n], rows, (tiles.start(tile) + n) * apart);
        }
      }
    }
    return byMap[rows];
  }

  private void copyOutputs(int tile, int channel, int rows, int to) {
    for (int m = 0; m < OUTPUTS; m++) {
      int map = tile * (OUTPUTS / rows) + m / rows;
      if (map < source.maps()) {
        int down = m % rows * source.side();
        copyPlane(map, channel, byMap[rows], to + down * OUTPUTS + m);
      }
    }
  }

  /** (tile of four channels, map of the tile, row, column, channel): for the reconstruction. */
  float[] byChannel() {
    if (byChannel == null) {
      byChannel = new float[mapsOfFour.total() * area() * OUTPUTS];
      for (int c = 0; c < source.channels(); c++) {
        int[] maps = mapsOfFour.of(c / OUTPUTS);
        for (int n = 0; n < maps.length; n++) {
          int input = mapsOfFour.start(c / OUTPUTS) + n;
          copyPlane(maps[n], c, byChannel, input * area() * OUTPUTS + c % OUTPUTS);
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

  /** The groups that {@link #byPosition} lies in. */
  List<TapGroup> tapGroups() {
    return tapGroups;
  }

  /** Taps of all groups together. */
  int groupTaps() {
    return groupTaps;
  }

  /**
   * (channel, group of taps, map of the channel, column of the group, output): for the
   * reconstruction from the maps' side.
   */
  float[] byPosition() {
    if (byPosition == null) {
      byPosition = new float[connections * groupTaps];
      int at = 0;
      for (int c = 0; c < source.channels(); c++) {
        for (TapGroup group : tapGroups) {
          for (int map : mapsOfOne.of(c)) {
            copyGroup(group, map, c, at);
            at += group.width() * OUTPUTS;
          }
        }
      }
    }
    return byPosition;
  }

  private void copyGroup(TapGroup group, int map, int channel, int to) {
    for (int m = 0; m < OUTPUTS; m++) {
      int row = group.row(m);
      int columns = Math.min(group.width(), source.side() - group.column(m));
      for (int j = 0; row < source.side() && j < columns; j++) {
        byPosition[to + j * OUTPUTS + m] = source.get(map, channel, row, group.column(m) + j);
      }
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
