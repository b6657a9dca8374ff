package org.deconvnet.operator.cnn;

import java.util.Arrays;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * Convolution of a group of images as matrix products: each window is a column of (channel, row,
 * column) numbers, and filters are rows. It pays where maps are small and there are many of them,
 * as while a network is trained. In each map the images lie one below another: operands are (C, N ·
 * H, W) and (K, N · H', W').
 *
 * <p>Every sum is taken by {@link ArrayKernels#product} in an order that the shapes fix, so that no
 * engine and no width of vectors changes a bit. No groups of channels. Source: Chellapilla, Puri
 * and Simard, High performance convolutional neural networks for document processing, 2006.
 */
public final class MatrixConvolution implements Convolution {
  /** Columns that {@link ArrayKernels#product} is fastest for. */
  private static final int PANEL = 48;

  /** Windows that a filter gradient adds up in one go: their panel stays in a near cache. */
  private static final int RUN = 512;

  /** Rows that a product's kernel takes at once; matrices are filled up with rows of zeros. */
  private static final int ROWS = 4;

  /** Windows next to each other from which on it pays to move them together. */
  private static final int WIDE = 16;

  private final ArrayKernels kernels;
  private final ConvolutionSize size;
  private final Shape domain;
  private final Shape range;
  private final boolean wide;
  private final TurnedConvolution turned;
  private final PaddedImages frame;
  private final int[] windows;
  private final int[] taps;
  private final float[] filters;
  private final float[] transposed;
  private final float[] panel;
  private final float[] run;
  private final float[] result;

  /**
   * @param image (C, H, W) of one image
   * @param maps K
   * @param images N, from 1
   * @throws UserErrorException if the geometry has groups, or an image is smaller than a filter
   */
  public MatrixConvolution(
      ArrayKernels kernels, Geometry geometry, Shape image, int maps, int images) {
    this(
        kernels,
        geometry,
        image,
        maps,
        images,
        TurnedConvolution.pays(inOneGroup(geometry), image, maps)
            ? new TurnedConvolution(kernels, geometry, image, maps, images)
            : null);
  }

  /**
   * @param turned what the transpose is taken by; null where it scatters
   */
  MatrixConvolution(
      ArrayKernels kernels,
      Geometry geometry,
      Shape image,
      int maps,
      int images,
      TurnedConvolution turned) {
    this.kernels = kernels;
    size = ConvolutionSize.of(geometry, image, maps);
    domain = new Shape(image.maps(), images * image.height(), image.width());
    range = new Shape(maps, images * size.output().height(), size.output().width());
    wide = geometry.columns().stride() == 1 && size.output().width() >= WIDE;
    this.turned = turned;
    frame = new PaddedImages(geometry, image, images);
    windows = frame.windows(geometry, size.output());
    taps = frame.taps(geometry);
    int rows = whole(maps);
    int columns = whole(taps.length);
    int length = Math.min(RUN, windows.length);
    filters = new float[rows * taps.length];
    transposed = new float[turned == null ? columns * maps : 0];
    panel = new float[PANEL * Math.max(length, Math.max(taps.length, maps))];
    run = new float[rows * length];
    result = new float[PANEL * Math.max(rows, columns)];
  }

  private static Geometry inOneGroup(Geometry geometry) {
    if (geometry.groups() != 1) {
      throw new UserErrorException(
          "convolution of a group of images: expected channels in 1 group, got %d"
              .formatted(geometry.groups()));
    }
    return geometry;
  }

  private static int whole(int rows) {
    return (rows + ROWS - 1) / ROWS * ROWS;
  }

  @Override
  public Shape domain() {
    return domain;
  }

  @Override
  public Shape range() {
    return range;
  }

  private void require(FeatureMaps x, FeatureMaps y) {
    Checks.sameShape("convolution: input", domain, x.shape());
    Checks.sameShape("convolution: output", range, y.shape());
  }

  @Override
  public void setWeights(float[] weights) {
    size.require(weights);
    System.arraycopy(weights, 0, filters, 0, weights.length);
    if (turned != null) {
      turned.setWeights(weights);
      return;
    }
    for (int k = 0; k < size.maps(); k++) {
      for (int t = 0; t < taps.length; t++) {
        transposed[t * size.maps() + k] = weights[k * taps.length + t];
      }
    }
  }

  @Override
  public void apply(FeatureMaps x, FeatureMaps y) {
    require(x, y);
    float[] images = frame.take(x);
    for (int first = 0; first < windows.length; first += PANEL) {
      int count = Math.min(PANEL, windows.length - first);
      gather(images, first, count);
      kernels.product(filters, whole(size.maps()), taps.length, panel, PANEL, result);
      for (int k = 0; k < size.maps(); k++) {
        System.arraycopy(result, k * PANEL, y.data(), k * windows.length + first, count);
      }
    }
  }

  /** Some windows as columns of the panel. */
  private void gather(float[] images, int first, int count) {
    for (int t = 0; t < taps.length; t++) {
      if (wide) {
        gatherWide(images, taps[t], first, count, t * PANEL);
      } else {
        gatherNarrow(images, taps[t], first, count, t * PANEL);
      }
    }
  }

  private void gatherNarrow(float[] images, int tap, int first, int count, int to) {
    for (int w = 0; w < count; w++) {
      panel[to + w] = images[tap + windows[first + w]];
    }
  }

  private void gatherWide(float[] images, int tap, int first, int count, int to) {
    int run;
    for (int w = 0; w < count; w += run) {
      run = Math.min(count - w, together(first + w));
      System.arraycopy(images, tap + windows[first + w], panel, to + w, run);
    }
  }

  /** Windows that lie next to each other from one on: the rest of its row. */
  private int together(int window) {
    return size.output().width() - window % size.output().width();
  }

  @Override
  public void adjoint(FeatureMaps y, FeatureMaps x) {
    require(x, y);
    if (turned != null) {
      turned.apply(y, x);
      return;
    }
    float[] images = frame.cleared(x);
    for (int first = 0; first < windows.length; first += PANEL) {
      int count = Math.min(PANEL, windows.length - first);
      for (int k = 0; k < size.maps(); k++) {
        System.arraycopy(y.data(), k * windows.length + first, panel, k * PANEL, count);
      }
      kernels.product(transposed, whole(taps.length), size.maps(), panel, PANEL, result);
      scatter(images, first, count);
    }
    frame.put(x);
  }

  /** Adds the columns of the result to the windows that they belong to. */
  private void scatter(float[] images, int first, int count) {
    for (int t = 0; t < taps.length; t++) {
      int tap = taps[t];
      int from = t * PANEL;
      for (int w = 0; w < count; w++) {
        images[tap + windows[first + w]] += result[from + w];
      }
    }
  }

  @Override
  public void filterGradient(FeatureMaps x, FeatureMaps y, float[] weights) {
    require(x, y);
    size.require(weights);
    Arrays.fill(weights, 0);
    float[] images = frame.take(x);
    for (int first = 0; first < windows.length; first += RUN) {
      addRun(images, y, first, Math.min(RUN, windows.length - first), weights);
    }
  }

  /** Adds what a run of windows says about the filters. */
  private void addRun(float[] images, FeatureMaps y, int first, int count, float[] weights) {
    for (int k = 0; k < size.maps(); k++) {
      System.arraycopy(y.data(), k * windows.length + first, run, k * count, count);
    }
    Arrays.fill(run, size.maps() * count, whole(size.maps()) * count, 0);
    for (int tap = 0; tap < taps.length; tap += PANEL) {
      int columns = Math.min(PANEL, taps.length - tap);
      gatherRows(images, first, count, tap, columns);
      kernels.product(run, whole(size.maps()), count, panel, PANEL, result);
      for (int k = 0; k < size.maps(); k++) {
        add(result, k * PANEL, weights, k * taps.length + tap, columns);
      }
    }
  }

  /** Some windows as rows of the panel, which holds some of their taps. */
  private void gatherRows(float[] images, int first, int count, int tap, int columns) {
    for (int w = 0; w < count; w++) {
      int window = windows[first + w];
      int to = w * PANEL;
      for (int t = 0; t < columns; t++) {
        panel[to + t] = images[window + taps[tap + t]];
      }
    }
  }

  private static void add(float[] from, int at, float[] to, int start, int count) {
    for (int i = 0; i < count; i++) {
      to[start + i] += from[at + i];
    }
  }
}
