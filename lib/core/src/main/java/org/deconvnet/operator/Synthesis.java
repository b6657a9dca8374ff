package org.deconvnet.operator;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.Entries;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * What one bank of filters makes of maps, and its adjoint: {@link ConvolutionEngine#synthesize} for
 * images of one shape. Not thread-safe: it has an engine.
 */
public final class Synthesis implements LinearMap {
  private final ConvolutionEngine engine;
  private final FilterBank filters;
  private final Shape image;
  private final Shape maps;
  private final Entries entries;

  /**
   * @param image (C, H, W)
   * @throws IllegalArgumentException if the channels are not the filters'
   */
  public Synthesis(ConvolutionEngine engine, FilterBank filters, Shape image) {
    this.engine = engine;
    this.filters = filters;
    this.image = image;
    this.maps = filters.mapShape(image);
    this.entries = engine.entries(filters);
  }

  @Override
  public Shape domain() {
    return maps;
  }

  @Override
  public Shape range() {
    return image;
  }

  @Override
  public void apply(FeatureMaps z, FeatureMaps reconstruction) {
    engine.synthesize(filters, z, reconstruction);
  }

  @Override
  public void adjoint(FeatureMaps r, FeatureMaps z) {
    engine.adjoint(filters, r, z);
  }

  @Override
  public void applyEntries(int[] index, float[] values, FeatureMaps reconstruction) {
    entries.setNonZeros(maps, index, values);
    engine.synthesizeEntries(filters, entries, values, reconstruction);
  }
}
