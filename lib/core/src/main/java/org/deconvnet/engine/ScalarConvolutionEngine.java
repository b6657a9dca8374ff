package org.deconvnet.engine;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * The three operations as the formulas say them, in double precision, with no fancy optimisation:
 * the written specification and the oracle of every faster engine. Stateless and thread-safe.
 */
public final class ScalarConvolutionEngine implements ConvolutionEngine {
  public static final String NAME = "scalar";

  private static final ArrayKernels KERNELS = new ScalarArrayKernels();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void synthesize(FilterBank f, FeatureMaps z, FeatureMaps out) {
    Checks.sameShape("synthesize: image", f.imageShape(z.shape()), out.shape());
    for (int c = 0; c < out.maps(); c++) {
      for (int y = 0; y < out.height(); y++) {
        for (int x = 0; x < out.width(); x++) {
          out.set(c, y, x, (float) reconstructPixel(f, z, c, y, x));
        }
      }
    }
  }

  private static double reconstructPixel(FilterBank f, FeatureMaps z, int c, int y, int x) {
    int last = f.side() - 1;
    double sum = 0;
    for (int k = 0; k < f.maps(); k++) {
      if (f.connectivity().connects(k, c)) {
        for (int i = 0; i <= last; i++) {
          for (int j = 0; j <= last; j++) {
            sum += (double) f.get(k, c, i, j) * z.get(k, y + last - i, x + last - j);
          }
        }
      }
    }
    return sum;
  }

  @Override
  public void adjoint(FilterBank f, FeatureMaps r, FeatureMaps out) {
    Checks.sameShape("adjoint: maps", f.mapShape(r.shape()), out.shape());
    for (int k = 0; k < out.maps(); k++) {
      for (int y = 0; y < out.height(); y++) {
        for (int x = 0; x < out.width(); x++) {
          out.set(k, y, x, (float) projectEntry(f, r, k, y, x));
        }
      }
    }
  }

  private static double projectEntry(FilterBank f, FeatureMaps r, int k, int y, int x) {
    int last = f.side() - 1;
    int firstRow = Math.max(0, last - y);
    int lastRow = Math.min(last, r.height() - 1 + last - y);
    int firstColumn = Math.max(0, last - x);
    int lastColumn = Math.min(last, r.width() - 1 + last - x);
    double sum = 0;
    for (int c = 0; c < f.channels(); c++) {
      if (f.connectivity().connects(k, c)) {
        for (int i = firstRow; i <= lastRow; i++) {
          for (int j = firstColumn; j <= lastColumn; j++) {
            sum += (double) f.get(k, c, i, j) * r.get(c, y - last + i, x - last + j);
          }
        }
      }
    }
    return sum;
  }

  @Override
  public void filterGradient(FeatureMaps z, FeatureMaps r, FilterBank out) {
    Checks.sameShape("filterGradient: maps", out.mapShape(r.shape()), z.shape());
    int side = out.side();
    for (int k = 0; k < out.maps(); k++) {
      for (int c = 0; c < out.channels(); c++) {
        boolean connected = out.connectivity().connects(k, c);
        for (int i = 0; i < side; i++) {
          for (int j = 0; j < side; j++) {
            double sum = connected ? correlate(z, r, k, c, side - 1 - i, side - 1 - j) : 0;
            out.data()[out.offset(k, c) + i * side + j] = (float) sum;
          }
        }
      }
    }
  }

  private static double correlate(FeatureMaps z, FeatureMaps r, int k, int c, int dy, int dx) {
    double sum = 0;
    for (int y = 0; y < r.height(); y++) {
      for (int x = 0; x < r.width(); x++) {
        sum += (double) r.get(c, y, x) * z.get(k, y + dy, x + dx);
      }
    }
    return sum;
  }

  @Override
  public Entries entries(FilterBank f) {
    return new Entries(1);
  }

  @Override
  public void synthesizeEntries(FilterBank f, Entries entries, float[] values, FeatureMaps out) {
    synthesize(f, maps(entries, values), out);
  }

  @Override
  public void filterGradientEntries(
      Entries entries, float[] values, FeatureMaps r, FilterBank out) {
    filterGradient(maps(entries, values), r, out);
  }

  private static FeatureMaps maps(Entries entries, float[] values) {
    FeatureMaps z = FeatureMaps.zeros(entries.maps());
    entries.scatter(values, z);
    return z;
  }

  @Override
  public void adjointEntries(FilterBank f, FeatureMaps r, Entries entries, float[] out) {
    Checks.sameShape("adjointEntries: maps", f.mapShape(r.shape()), entries.maps());
    for (int g = 0; g < entries.groups(); g++) {
      for (int e = entries.start(g); e < entries.start(g + 1); e++) {
        int k = entries.map()[e];
        out[entries.source()[e]] = (float) projectEntry(f, r, k, entries.row(g), entries.column(g));
      }
    }
  }

  @Override
  public ArrayKernels kernels() {
    return KERNELS;
  }
}
