package org.deconvnet.spark.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.store.NpyFormat;

/** Vectors of one length as one NPY file: a matrix of float32, a row a vector. */
public final class NpyMatrix {
  private NpyMatrix() {}

  /**
   * Writes vectors in their order. The driver holds those of one partition at a time.
   *
   * @param vectors one column of {@link Vector}
   * @param count how many
   * @param length numbers of each
   * @throws IllegalStateException if there are more or fewer, or one has another length: the file
   *     says both before its numbers
   */
  public static void write(
      Dataset<Row> vectors, long count, int length, OutputFolder output, String name) {
    try (OutputStream out = new BufferedOutputStream(output.create(name), 1 << 16)) {
      NpyFormat.begin(out, count, length);
      long written = 0;
      for (Iterator<Row> all = vectors.toLocalIterator(); all.hasNext(); written++) {
        NpyFormat.append(out, dense(all.next().getAs(0), length));
      }
      require(name + ": rows", count, written);
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(output.path(name), e.getMessage()), e);
    }
  }

  private static float[] dense(Vector vector, int length) {
    require("numbers of a vector", length, vector.size());
    SparseVector sparse = vector.toSparse();
    float[] row = new float[length];
    for (int i = 0; i < sparse.indices().length; i++) {
      row[sparse.indices()[i]] = (float) sparse.values()[i];
    }
    return row;
  }

  private static void require(String what, long expected, long got) {
    if (expected != got) {
      throw new IllegalStateException("%s: expected %d, got %d".formatted(what, expected, got));
    }
  }
}
