package org.deconvnet.network.deconvolutional;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.FilterPictures;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.words.Count;

/**
 * What the 2010 network has learned, in pixels (Zeiler et al., CVPR 2010): its filters carried down
 * to the image. Grey for one image channel, colour for three; other images cannot be drawn. Not
 * thread-safe.
 */
final class DeconvolutionalPictures implements FilterPictures {
  private final DeconvolutionalStack stack;

  /** Without the means between layers a projection is linear, so a filter stands on zero. */
  private final DeconvolutionalInference linear;

  DeconvolutionalPictures(ConvolutionEngine engine, DeconvolutionalStack stack) {
    this.stack = stack;
    this.linear = new DeconvolutionalInference(engine, stack.withoutMeans());
  }

  /**
   * One picture a map of the layer: what a single code entry of 1 adds to the image. For layer 1
   * these are the filters themselves.
   *
   * @param number the layer, from 1
   * @return one a map, (C, R, R) with R = 1 + Σ(s−1) over the layers up to this one
   * @throws IllegalArgumentException if there is no such layer
   */
  @Override
  public List<FeatureMaps> of(int number) {
    int maps = stack.layer(number).filters().maps();
    int reach = reach(number);
    FeatureMaps unit = FeatureMaps.zeros(new Shape(maps, 2 * reach - 1, 2 * reach - 1));
    List<FeatureMaps> pictures = new ArrayList<>();
    for (int map = 0; map < maps; map++) {
      // What the entry in the middle reaches fills the frame exactly.
      unit.set(map, reach - 1, reach - 1, 1);
      pictures.add(linear.project(number, unit));
      unit.set(map, reach - 1, reach - 1, 0);
    }
    return pictures;
  }

  @Override
  public String caption(int number) {
    return "The %s of layer %d, carried down to pixels. Each tile has its own scale; grey is zero."
        .formatted(Count.of(stack.layer(number).filters().maps(), "filter"), number);
  }

  /** Pixels along a side that one code entry of the layer reaches. */
  int reach(int number) {
    int reach = 1;
    for (int l = 1; l <= number; l++) {
      reach += stack.layer(l).filters().side() - 1;
    }
    return reach;
  }
}
