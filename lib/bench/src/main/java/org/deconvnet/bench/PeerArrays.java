package org.deconvnet.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deconvnet.store.NpyArray;
import org.deconvnet.store.NpyFormat;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;
import org.deconvnet.tensor.UserErrorException;

/** The NPY files of {@code lib/bench/peers}, which peers read and write as well. */
final class PeerArrays {
  private PeerArrays() {}

  /**
   * Grey images of one size.
   *
   * @param file (H, W) or (images, H, W)
   */
  static List<FeatureMaps> images(Path file) throws IOException {
    NpyArray array = read(file);
    int axes = array.shape().length;
    if (axes != 2 && axes != 3) {
      throw unexpected(file, "(H, W) or (images, H, W)", array);
    }
    Shape shape = new Shape(1, array.shape()[axes - 2], array.shape()[axes - 1]);
    return IntStream.range(0, axes == 2 ? 1 : array.shape()[0])
        .mapToObj(n -> image(array, n, shape))
        .toList();
  }

  private static FeatureMaps image(NpyArray array, int n, Shape shape) {
    int size = (int) shape.size();
    return FeatureMaps.of(shape, Arrays.copyOfRange(array.data(), n * size, (n + 1) * size));
  }

  /**
   * Filters, each divided by its norm.
   *
   * @param file (maps, 1, side, side)
   */
  static FilterBank filters(Path file) throws IOException {
    NpyArray array = read(file);
    int[] shape = array.shape();
    if (shape.length != 4 || shape[1] != 1 || shape[2] != shape[3]) {
      throw unexpected(file, "(maps, 1, side, side)", array);
    }
    int size = shape[2] * shape[3];
    for (int k = 0; k < shape[0]; k++) {
      divideByNorm(array.data(), k * size, size);
    }
    return FilterBank.of(Connectivity.full(shape[0], 1), shape[2], array.data());
  }

  private static void divideByNorm(float[] data, int from, int size) {
    double squared = 0;
    for (int i = from; i < from + size; i++) {
      squared += (double) data[i] * data[i];
    }
    for (int i = from; i < from + size; i++) {
      data[i] /= (float) Math.sqrt(squared);
    }
  }

  /** Writes a code as rows (map, row, column, value). */
  static void write(Path file, SparseMaps code) throws IOException {
    float[] rows = new float[4 * code.entries()];
    for (int e = 0; e < code.entries(); e++) {
      rows[4 * e] = code.map(e);
      rows[4 * e + 1] = code.row(e);
      rows[4 * e + 2] = code.column(e);
      rows[4 * e + 3] = code.values()[e];
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      NpyFormat.write(out, rows, code.entries(), 4);
    }
  }

  private static NpyArray read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return NpyArray.read(in, file.toString());
    }
  }

  private static UserErrorException unexpected(Path file, String expected, NpyArray array) {
    return new UserErrorException(
        "%s: expected an array of shape %s, got %s; lib/bench/peers/prepare.py writes such files"
            .formatted(file, expected, Arrays.toString(array.shape())));
  }
}
