package org.deconvnet.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/** Filters of a layer under way: {@code filters.npy}, (map, channel, row, column), float32. */
public final class StoredFilters {
  private static final String FILE = "filters.npy";

  private StoredFilters() {}

  public static void write(FilterBank f, ModelFiles files) throws IOException {
    try (OutputStream out = files.create(FILE)) {
      NpyFormat.write(out, f.data(), f.maps(), f.channels(), f.side(), f.side());
    }
  }

  /**
   * @throws IOException if they have another shape
   */
  public static FilterBank read(ModelFiles files, Connectivity connectivity, int side)
      throws IOException {
    int maps = connectivity.maps();
    int channels = connectivity.channels();
    String what = files.location() + "/" + FILE;
    try (InputStream in = files.open(FILE)) {
      return FilterBank.of(
          connectivity, side, NpyFormat.read(in, what, maps, channels, side, side));
    }
  }
}
