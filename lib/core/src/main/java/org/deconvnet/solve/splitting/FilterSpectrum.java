package org.deconvnet.solve.splitting;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * D Dᵀ on circular images: a matrix of channels by channels for each frequency, Hermitian and not
 * negative, which makes
 *
 * <pre>(D Dᵀ + c I)⁻¹ r,   c &gt; 0</pre>
 *
 * a small system a frequency. It stands for the large one, (DᵀD + ρ I)⁻¹, by the Woodbury identity,
 * and needs transforms of images alone, whatever the number of filters. Not thread-safe.
 */
final class FilterSpectrum {
  private final int channels;
  private final int plane;
  private final PlaneTransform transform;

  /** Of row and column channels, the lower triangle row by row; (frequency, 2) each. */
  private final double[][] gram;

  private final double[][] lines;
  private final double[] factor;

  /**
   * @param circular (C, rows, columns)
   */
  FilterSpectrum(FilterBank filters, Shape circular) {
    this.channels = circular.maps();
    this.plane = circular.plane();
    this.transform = new PlaneTransform(circular.height(), circular.width());
    this.gram = new double[channels * (channels + 1) / 2][2 * plane];
    this.lines = new double[channels][2 * plane];
    this.factor = new double[2 * gram.length];
    for (int row = 0; row < channels; row++) {
      for (int column = 0; column <= row; column++) {
        double[] products = gram[at(row, column)];
        correlate(filters, circular, row, column, products);
        transform.forward(products);
      }
    }
  }

  private static int at(int row, int column) {
    return row * (row + 1) / 2 + column;
  }

  /** {@code Σ_k Σ_m d_k[row, m + u] d_k[column, m]} at u, wrapped around. */
  private static void correlate(
      FilterBank filters, Shape circular, int row, int column, double[] products) {
    int s = filters.side();
    for (int r = 1 - s; r < s; r++) {
      for (int c = 1 - s; c < s; c++) {
        int place =
            Math.floorMod(r, circular.height()) * circular.width()
                + Math.floorMod(c, circular.width());
        products[2 * place] += product(filters, row, column, r, c);
      }
    }
  }

  private static double product(FilterBank filters, int row, int column, int r, int c) {
    int s = filters.side();
    double sum = 0;
    for (int k = 0; k < filters.maps(); k++) {
      for (int i = Math.max(0, -r); i < Math.min(s, s - r); i++) {
        for (int j = Math.max(0, -c); j < Math.min(s, s - c); j++) {
          sum += (double) filters.get(k, row, i + r, j + c) * filters.get(k, column, i, j);
        }
      }
    }
    return sum;
  }

  /** {@code r ← (D Dᵀ + c I)⁻¹ r}. */
  void solve(FeatureMaps r, double c) {
    for (int channel = 0; channel < channels; channel++) {
      double[] line = lines[channel];
      for (int i = 0; i < plane; i++) {
        line[2 * i] = r.data()[channel * plane + i];
        line[2 * i + 1] = 0;
      }
      transform.forward(line);
    }
    if (channels == 1) {
      divide(c);
    } else {
      for (int f = 0; f < plane; f++) {
        factorise(f, c);
        substitute(f);
      }
    }
    for (int channel = 0; channel < channels; channel++) {
      transform.inverse(lines[channel]);
      for (int i = 0; i < plane; i++) {
        r.data()[channel * plane + i] = (float) lines[channel][2 * i];
      }
    }
  }

  private void divide(double c) {
    for (int i = 0; i < plane; i++) {
      double scale = 1 / (gram[0][2 * i] + c);
      lines[0][2 * i] *= scale;
      lines[0][2 * i + 1] *= scale;
    }
  }

  /** Cholesky: factor L of one frequency's matrix, L Lᴴ; its diagonal is real. */
  private void factorise(int f, double c) {
    for (int row = 0; row < channels; row++) {
      for (int column = 0; column <= row; column++) {
        double re = gram[at(row, column)][2 * f] + (row == column ? c : 0);
        double im = gram[at(row, column)][2 * f + 1];
        for (int n = 0; n < column; n++) {
          int a = 2 * at(row, n);
          int b = 2 * at(column, n);
          re -= factor[a] * factor[b] + factor[a + 1] * factor[b + 1];
          im -= factor[a + 1] * factor[b] - factor[a] * factor[b + 1];
        }
        int to = 2 * at(row, column);
        double pivot = row == column ? Math.sqrt(re) : factor[2 * at(column, column)];
        factor[to] = row == column ? pivot : re / pivot;
        factor[to + 1] = row == column ? 0 : im / pivot;
      }
    }
  }

  /** L⁻ᴴ L⁻¹ on one frequency's numbers. */
  private void substitute(int f) {
    for (int row = 0; row < channels; row++) {
      for (int n = 0; n < row; n++) {
        int l = 2 * at(row, n);
        subtract(f, row, n, factor[l], factor[l + 1]);
      }
      divide(f, row);
    }
    for (int row = channels - 1; row >= 0; row--) {
      for (int n = row + 1; n < channels; n++) {
        int l = 2 * at(n, row);
        subtract(f, row, n, factor[l], -factor[l + 1]);
      }
      divide(f, row);
    }
  }

  /** {@code x_row ← x_row − l x_n}. */
  private void subtract(int f, int row, int n, double re, double im) {
    double[] x = lines[n];
    lines[row][2 * f] -= re * x[2 * f] - im * x[2 * f + 1];
    lines[row][2 * f + 1] -= re * x[2 * f + 1] + im * x[2 * f];
  }

  private void divide(int f, int row) {
    double pivot = factor[2 * at(row, row)];
    lines[row][2 * f] /= pivot;
    lines[row][2 * f + 1] /= pivot;
  }
}
