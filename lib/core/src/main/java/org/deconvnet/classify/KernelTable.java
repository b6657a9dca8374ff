package org.deconvnet.classify;

import java.util.Arrays;
import libsvm.svm_node;
import org.deconvnet.tensor.Checks;

/**
 * A training kernel in the form that libsvm reads, scaled to mean diagonal 1. Built once and shared
 * by the machines of all classes. Holds one 24-byte node for each pair of training vectors and two
 * references to it: about 60 MB for 2,000 vectors, 150 MB for 3,000. Thread-safe: nobody writes to
 * it after construction.
 */
public final class KernelTable {
  private final svm_node[][] rows;
  private final double scale;

  private KernelTable(svm_node[][] rows, double scale) {
    this.rows = rows;
    this.scale = scale;
  }

  /**
   * Builds the table. Only the lower triangle is read; the kernel is symmetric.
   *
   * @param gram (training, training), finite, with a positive mean diagonal
   * @throws IllegalArgumentException if it is empty, not square, not finite or its diagonal is not
   *     positive on average
   */
  public static KernelTable of(float[][] gram) {
    Checks.atLeast("kernel table: training vectors", 1, gram.length);
    double trace = 0;
    for (int i = 0; i < gram.length; i++) {
      Checks.equal("kernel table: numbers in row " + i, gram.length, gram[i].length);
      checkFinite(gram[i], i);
      trace += gram[i][i];
    }
    Checks.positive("kernel table: mean diagonal", trace / gram.length);
    double scale = gram.length / trace;
    return new KernelTable(nodes(gram, scale), scale);
  }

  private static void checkFinite(float[] row, int i) {
    for (int j = 0; j < row.length; j++) {
      if (!Float.isFinite(row[j])) {
        throw new IllegalArgumentException(
            "kernel table: expected finite numbers, got %s at (%d, %d)".formatted(row[j], i, j));
      }
    }
  }

  /** libsvm wants row i as: node 0 holds i + 1, node j + 1 holds K(i, j). */
  private static svm_node[][] nodes(float[][] gram, double scale) {
    svm_node[][] rows = new svm_node[gram.length][gram.length + 1];
    for (int i = 0; i < gram.length; i++) {
      rows[i][0] = node(i + 1);
      for (int j = 0; j <= i; j++) {
        // K(i, j) = K(j, i), and libsvm reads the value only: one node serves both places.
        rows[i][j + 1] = node(gram[i][j] * scale);
        rows[j][i + 1] = rows[i][j + 1];
      }
    }
    return rows;
  }

  private static svm_node node(double value) {
    svm_node node = new svm_node();
    node.value = value;
    return node;
  }

  /** Training vectors. */
  public int size() {
    return rows.length;
  }

  /** What the kernel was multiplied by. */
  public double scale() {
    return scale;
  }

  /** The table for libsvm. A new outer array, since libsvm takes an array it may reorder. */
  svm_node[][] rows() {
    return Arrays.copyOf(rows, rows.length);
  }
}
