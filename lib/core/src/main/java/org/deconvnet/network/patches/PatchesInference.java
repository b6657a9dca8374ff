package org.deconvnet.network.patches;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.operator.Boundary;
import org.deconvnet.operator.BoundedSynthesis;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.greedy.CodedImage;
import org.deconvnet.solve.greedy.LocallyGreedyDescent;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/**
 * Codes the windows of one image after the other. A window's numbers are channels of one pixel, and
 * words are filters of that pixel, so that the solver of convolutional sparse coding codes each
 * window on its own. Not thread-safe: one a task.
 */
public final class PatchesInference {
  /** Windows that are coded at once, in whole rows of the grid: they stay in the caches. */
  static final int WINDOWS_TOGETHER = 1024;

  private final ConvolutionEngine engine;
  private final PatchesLayer layer;
  private final WindowOptions windows;
  private final LocallyGreedyDescent descent;
  private final FilterBank pixels;

  public PatchesInference(ConvolutionEngine engine, PatchesLayer layer) {
    this.engine = engine;
    this.layer = layer;
    PatchCodingOptions coding = layer.coding();
    this.windows = coding.windows();
    this.pixels = layer.inPixels();
    this.descent =
        new LocallyGreedyDescent(
            layer.columns(), Boundary.FULL, coding.penalty(), coding.descent(), engine);
  }

  /**
   * Codes the windows of an image's grid.
   *
   * @param image preprocessed, (C, H, W)
   * @return codes h in maps of (words, H − s + 1, W − s + 1), zero where no window of the grid is;
   *     the trace is of whitened windows, and its entries are those of the grid alone
   * @throws IllegalArgumentException if the image does not fit the words, is smaller than a window
   *     or has a pixel that is not finite
   */
  public Coded code(FeatureMaps image) {
    requireFit(image);
    WindowGrid grid = windows.grid(image.shape());
    int together = PatchCodingOptions.rowsTogether(grid.columns().length);
    List<SparseMaps> bands = new ArrayList<>();
    List<CodeTrace> traces = new ArrayList<>();
    for (int from = 0; from < grid.rows().length; from += together) {
      int to = Math.min(from + together, grid.rows().length);
      FeatureMaps some =
          Windows.at(image, windows, Arrays.copyOfRange(grid.rows(), from, to), grid.columns());
      CodedImage coded = codeWindows(whitened(some));
      bands.add(coded.code());
      traces.add(coded.trace());
    }
    return new Coded(GridCode.of(grid, layer.words().maps(), bands), CodeTrace.sum(traces));
  }

  /**
   * An image's code.
   *
   * @param code h, (words, H − s + 1, W − s + 1)
   * @param trace of the whitened windows of the grid
   */
  public record Coded(SparseMaps code, CodeTrace trace) {}

  void requireFit(FeatureMaps image) {
    Checks.equal("patches: channels of the image", layer.words().channels(), image.maps());
    Checks.finite("image", image);
  }

  /** Whitens windows in place and returns them. */
  FeatureMaps whitened(FeatureMaps some) {
    layer.whitening().apply(engine.kernels(), some);
    return some;
  }

  /**
   * Codes whitened windows from zero.
   *
   * @param whitened (C s², rows, columns)
   * @return code of (words, rows, columns)
   */
  CodedImage codeWindows(FeatureMaps whitened) {
    Shape code = whitened.shape().withMaps(layer.words().maps());
    return descent.code(whitened, SparseMaps.zeros(code));
  }

  /** w − Σ_k h_k b_k of whitened windows, newly allocated. */
  FeatureMaps residual(FeatureMaps whitened, SparseMaps code) {
    FeatureMaps residual = FeatureMaps.zeros(whitened.shape());
    new BoundedSynthesis(engine, layer.columns(), Boundary.FULL, whitened.shape())
        .applyEntries(code.index(), code.values(), residual);
    for (int i = 0; i < residual.data().length; i++) {
      residual.data()[i] = whitened.data()[i] - residual.data()[i];
    }
    return residual;
  }

  /**
   * Windows back in pixels, with the means that the image's own have, averaged where they overlap.
   *
   * @param image that was coded
   * @return newly allocated
   */
  public FeatureMaps reconstruction(SparseMaps code, FeatureMaps image) {
    WindowGrid grid = windows.grid(image.shape());
    FeatureMaps sum = FeatureMaps.zeros(image.shape());
    new BoundedSynthesis(engine, pixels, Boundary.FULL, image.shape())
        .applyEntries(code.index(), code.values(), sum);
    if (!windows.keepMean()) {
      addMeans(image, grid, sum);
    }
    divide(sum, grid.cover());
    return sum;
  }

  private void addMeans(FeatureMaps image, WindowGrid grid, FeatureMaps sum) {
    int side = windows.side();
    for (int row : grid.rows()) {
      for (int column : grid.columns()) {
        float mean = Windows.mean(image, side, row, column);
        for (int c = 0; c < image.maps(); c++) {
          for (int i = 0; i < side; i++) {
            int from = image.index(c, row + i, column);
            for (int j = 0; j < side; j++) {
              sum.data()[from + j] += mean;
            }
          }
        }
      }
    }
  }

  private static void divide(FeatureMaps sum, FeatureMaps cover) {
    int plane = cover.shape().plane();
    for (int i = 0; i < sum.data().length; i++) {
      sum.data()[i] /= cover.data()[i % plane];
    }
  }
}
