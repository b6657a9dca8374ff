package org.deconvnet.operator.cnn;

import java.util.Arrays;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * Convolution of any geometry by an engine whose convolutions have stride 1 and square filters. The
 * inputs of a phase, channels times blocks of taps, are the maps that the engine reconstructs from;
 * a convolution's maps are what it reconstructs, so no border is computed in vain. {@link
 * AxisPhases} says what the phases are. Strides alone need one call of the engine; a dilation needs
 * one for each class of outputs, with the same filters.
 *
 * <p>The engine convolves truly, so filters are stored flipped. Groups are its connectivity.
 */
final class PhasedConvolution implements Convolution {
  /** Taps computed in the time in which a block's inputs are brought there, as measured. */
  private static final double BLOCK_COST = 2;

  private static final int MOST_SIDE = 32;

  private final ConvolutionEngine engine;
  private final ConvolutionSize size;
  private final BlockTaps[] taps;
  private final Phase[] phases;
  private FilterBank filters;
  private FilterBank gradient;

  PhasedConvolution(ConvolutionEngine engine, Geometry geometry, Shape input, int maps) {
    this(engine, geometry, input, maps, side(geometry));
  }

  /**
   * @param side of the filters that the engine gets
   */
  PhasedConvolution(ConvolutionEngine engine, Geometry geometry, Shape input, int maps, int side) {
    this.engine = engine;
    size = ConvolutionSize.of(geometry, input, maps);
    AxisPhases rows = new AxisPhases(geometry.rows(), input.height(), side);
    AxisPhases columns = new AxisPhases(geometry.columns(), input.width(), side);
    taps = BlockTaps.of(rows, columns, side, geometry.columns().taps());
    phases = phases(rows, columns);
    requireRoom(side);
    filters = FilterBank.zeros(connectivity(), side);
  }

  /** The bank has all pairs of channels and maps, also those that groups keep apart. */
  private void requireRoom(int side) {
    long numbers = (long) size.channels() * taps.length * size.maps() * side * side;
    if (numbers > Integer.MAX_VALUE - 8) {
      throw new UserErrorException(
          "convolution of %d channels and %d maps with filters of %d x %d: more numbers than one array can hold"
              .formatted(
                  size.channels(),
                  size.maps(),
                  size.geometry().rows().taps(),
                  size.geometry().columns().taps()));
    }
  }

  private Phase[] phases(AxisPhases rows, AxisPhases columns) {
    Phase[] all = new Phase[rows.classes() * columns.classes()];
    for (int i = 0; i < all.length; i++) {
      int rowClass = i / columns.classes();
      all[i] = new Phase(rows, rowClass, columns, i % columns.classes(), size);
    }
    return all;
  }

  /**
   * The side that takes least time. Large filters compute zeros in vain where a filter is no
   * multiple of them; small ones need more inputs brought together. Of equal sides the largest.
   */
  static int side(Geometry geometry) {
    int most = Math.max(AxisPhases.most(geometry.rows()), AxisPhases.most(geometry.columns()));
    int best = 1;
    double least = Double.MAX_VALUE;
    for (int side = 1; side <= Math.min(most, MOST_SIDE); side++) {
      double taps = (double) padded(geometry.rows(), side) * padded(geometry.columns(), side);
      double cost = taps + BLOCK_COST * taps / (side * side);
      if (cost <= least) {
        least = cost;
        best = side;
      }
    }
    return best;
  }

  private static long padded(AxisGeometry axis, int side) {
    return (long) new AxisPhases(axis, axis.extent(), side).blocks() * side;
  }

  private Connectivity connectivity() {
    if (size.geometry().groups() == 1) {
      return Connectivity.full(size.channels() * taps.length, size.maps());
    }
    boolean[][] table = new boolean[size.channels() * taps.length][size.maps()];
    for (int k = 0; k < size.maps(); k++) {
      int first = size.firstChannel(k) * taps.length;
      for (int m = first; m < first + size.groupChannels() * taps.length; m++) {
        table[m][k] = true;
      }
    }
    return Connectivity.of(table);
  }

  @Override
  public Shape domain() {
    return size.input();
  }

  @Override
  public Shape range() {
    return size.output();
  }

  @Override
  public void setWeights(float[] weights) {
    size.require(weights);
    // An engine may keep what it made of the last bank, so a bank is not changed.
    filters = FilterBank.zeros(filters.connectivity(), filters.side());
    for (int c = 0; c < size.groupChannels(); c++) {
      for (int k = 0; k < size.maps(); k++) {
        for (int b = 0; b < taps.length; b++) {
          taps[b].copy(weights, size.plane(k, c), filters.data(), bankPlane(k, c, b));
        }
      }
    }
  }

  /** Where the plane of one map, channel and block starts in the bank. */
  private int bankPlane(int map, int groupChannel, int block) {
    return filters.offset((size.firstChannel(map) + groupChannel) * taps.length + block, map);
  }

  @Override
  public void apply(FeatureMaps x, FeatureMaps y) {
    size.require(x, y);
    for (Phase phase : phases) {
      engine.synthesize(filters, phase.takeInputs(x), phase.outputs(y));
      phase.putOutputs(y);
    }
  }

  @Override
  public void adjoint(FeatureMaps y, FeatureMaps x) {
    size.require(x, y);
    x.fill(0);
    for (Phase phase : phases) {
      engine.adjoint(filters, phase.takeOutputs(y), phase.inputs(x));
      phase.addInputs(x);
    }
  }

  @Override
  public void filterGradient(FeatureMaps x, FeatureMaps y, float[] weights) {
    size.require(x, y);
    size.require(weights);
    Arrays.fill(weights, 0);
    if (gradient == null) {
      gradient = FilterBank.zeros(filters.connectivity(), filters.side());
    }
    for (Phase phase : phases) {
      engine.filterGradient(phase.takeInputs(x), phase.takeOutputs(y), gradient);
      addGradient(weights);
    }
  }

  /** Channel by channel, as the bank lies: it is the larger one. */
  private void addGradient(float[] weights) {
    for (int c = 0; c < size.groupChannels(); c++) {
      for (int k = 0; k < size.maps(); k++) {
        for (int b = 0; b < taps.length; b++) {
          taps[b].addBack(gradient.data(), bankPlane(k, c, b), weights, size.plane(k, c));
        }
      }
    }
  }
}
