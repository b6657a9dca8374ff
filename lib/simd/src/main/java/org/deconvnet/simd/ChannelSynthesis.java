package org.deconvnet.simd;

import org.deconvnet.tensor.FeatureMaps;

/**
 * The reconstruction from the image's side, four channels at once: planes keep the maps' row
 * stride, so that a filter tap is one offset and a whole plane is one run; positions beyond a row's
 * end are computed and thrown away.
 *
 * <p>Scratch: a copy of the maps, since runs read whole vectors, and four planes. Not thread-safe.
 */
final class ChannelSynthesis {
  private final TapKernel kernel = new TapKernel();
  private float[] maps = {};
  private float[] planes = {};
  private int[] offsets = {};
  private int[] chosen = {};

  /** Share of the products computed that are useful. */
  static double useful(PackedFilters pack, FeatureMaps out) {
    int computed = pack.mapsOfFour().total() * TapKernel.OUTPUTS;
    int side = pack.source().side();
    return (double) pack.connections() / computed * out.width() / (out.width() + side - 1);
  }

  void run(PackedFilters pack, FeatureMaps z, FeatureMaps out) {
    TileInputs inputs = pack.mapsOfFour();
    int area = pack.source().side() * pack.source().side();
    maps = Scratch.grown(maps, z.data().length + TapKernel.LANES);
    System.arraycopy(z.data(), 0, maps, 0, z.data().length);
    prepare(z, pack.source().side());
    int run = TapKernel.roundUp((out.height() - 1) * z.width() + out.width());
    for (int c = 0; c < out.maps(); c += TapKernel.OUTPUTS) {
      int tile = c / TapKernel.OUTPUTS;
      int taps = inputs.choose(tile, offsets, area, chosen);
      planes = Scratch.zeros(planes, TapKernel.OUTPUTS * run);
      kernel.run(
          maps,
          0,
          chosen,
          taps,
          pack.byChannel(),
          inputs.start(tile) * area * TapKernel.OUTPUTS,
          planes,
          0,
          run,
          2 * run,
          3 * run,
          run);
      for (int m = 0; m < TapKernel.OUTPUTS && c + m < out.maps(); m++) {
        Scratch.copyRows(planes, m * run, z.width(), out, c + m);
      }
    }
  }

  /** The taps of all maps. */
  private void prepare(FeatureMaps z, int side) {
    offsets = Scratch.grown(offsets, z.maps() * side * side);
    chosen = Scratch.grown(chosen, offsets.length);
    int t = 0;
    for (int k = 0; k < z.maps(); k++) {
      for (int i = side - 1; i >= 0; i--) {
        for (int j = side - 1; j >= 0; j--) {
          offsets[t++] = z.index(k, i, j);
        }
      }
    }
  }
}
