package org.deconvnet.report;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.infer.NetworkInference;
import org.deconvnet.infer.NetworkInference.LayerResult;
import org.deconvnet.infer.SparseCode;
import org.deconvnet.layer.Network;
import org.deconvnet.layer.Reconstruction;
import org.deconvnet.pool.Switches;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * What a feature map means in pixels: its strongest activation over some images, alone, carried
 * down through that image's own switches (Zeiler et al., ICCV 2011, figure 2). Sign and size of the
 * activation are kept. Not thread-safe.
 */
public final class PixelProjection {
  private final ConvolutionEngine engine;
  private final Network network;

  public PixelProjection(ConvolutionEngine engine, Network network) {
    this.engine = engine;
    this.network = network;
  }

  /** The strongest activation of one map so far. */
  private static final class Strongest {
    private float value;
    private int index = -1;
    private int image;
  }

  /**
   * One picture a map of the layer, cut to the pixels that an activation can reach; all zeros for a
   * map that no image excites.
   *
   * @param images preprocessed, (C, H, W)
   * @param number the layer, from 1
   */
  public List<FeatureMaps> project(List<FeatureMaps> images, int number) {
    NetworkInference inference = new NetworkInference(engine, network.upTo(number));
    List<List<LayerResult>> results = images.stream().map(inference::infer).toList();
    int maps = network.layer(number).filters().maps();
    List<FeatureMaps> pictures = new ArrayList<>();
    for (int map = 0; map < maps; map++) {
      Strongest best = strongest(results, map, number);
      pictures.add(picture(images, results, best, number));
    }
    return pictures;
  }

  private Strongest strongest(List<List<LayerResult>> results, int map, int number) {
    Strongest best = new Strongest();
    for (int image = 0; image < results.size(); image++) {
      SparseCode code = results.get(image).get(number - 1).code();
      int plane = code.switches().unpooled().plane();
      int[] index = code.switches().index();
      for (int i = 0; i < index.length; i++) {
        float value = code.pooled().data()[i];
        if (index[i] / plane == map && Math.abs(value) > Math.abs(best.value)) {
          best.value = value;
          best.index = index[i];
          best.image = image;
        }
      }
    }
    return best;
  }

  private FeatureMaps picture(
      List<FeatureMaps> images, List<List<LayerResult>> results, Strongest best, int number) {
    int reach = reach(number);
    Shape shape = images.get(best.image).shape();
    if (best.index < 0) {
      return FeatureMaps.zeros(new Shape(shape.maps(), reach, reach));
    }
    List<LayerResult> layers = results.get(best.image);
    List<Switches> lower =
        layers.subList(0, number - 1).stream().map(r -> r.code().switches()).toList();
    Reconstruction r =
        new Reconstruction(
            engine, network.upTo(number - 1), network.layer(number).filters(), lower, shape);
    FeatureMaps z = FeatureMaps.zeros(r.mapShape());
    z.data()[best.index] = best.value;
    FeatureMaps pixels = FeatureMaps.zeros(shape);
    r.apply(z, pixels);
    return cut(pixels, reach);
  }

  /** Pixels along a side that one activation of the layer can touch. */
  private int reach(int number) {
    int reach = network.layer(number).filters().side();
    for (int l = number - 1; l >= 1; l--) {
      int block = network.layer(l).pool().rows();
      // The lowest reached row of a block may be its first, the highest its last.
      reach = reach * block + network.layer(l).filters().side() - 1;
    }
    return reach;
  }

  /** A square of the given side around what is not zero, zeros beyond the frame. */
  private static FeatureMaps cut(FeatureMaps pixels, int side) {
    int top = pixels.height();
    int left = pixels.width();
    int bottom = 0;
    int right = 0;
    for (int y = 0; y < pixels.height(); y++) {
      for (int x = 0; x < pixels.width(); x++) {
        if (pixels.get(0, y, x) != 0) {
          top = Math.min(top, y);
          left = Math.min(left, x);
          bottom = Math.max(bottom, y);
          right = Math.max(right, x);
        }
      }
    }
    int firstRow = (top + bottom + 1 - side) / 2;
    int firstColumn = (left + right + 1 - side) / 2;
    FeatureMaps out = FeatureMaps.zeros(new Shape(pixels.maps(), side, side));
    for (int c = 0; c < pixels.maps(); c++) {
      for (int y = Math.max(0, -firstRow); y < side && firstRow + y < pixels.height(); y++) {
        for (int x = Math.max(0, -firstColumn); x < side && firstColumn + x < pixels.width(); x++) {
          out.set(c, y, x, pixels.get(c, firstRow + y, firstColumn + x));
        }
      }
    }
    return out;
  }
}
