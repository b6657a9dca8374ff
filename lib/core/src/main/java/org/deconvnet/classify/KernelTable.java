package org.deconvnet.classify;

import java.util.List;
import libsvm.svm_node;
import org.deconvnet.tensor.Checks;

/**
 * A Gram matrix in the form libsvm reads, scaled to a mean diagonal of 1 so that the penalty C
 * means the same for every feature. Built once and shared by the machines of all classes. Memory:
 * about 30 bytes a kernel value. Immutable and thread-safe.
 */
public final class KernelTable {
  private final svm_node[][] rows;
  private final double scale;

  /**
   * @param gram symmetric, one row a training image
   */
  public KernelTable(List<float[]> gram) {
    Checks.atLeast("kernel: training images", 2, gram.size());
    this.scale = 1 / meanDiagonal(gram);
    this.rows = new svm_node[gram.size()][];
    for (int i = 0; i < rows.length; i++) {
      Checks.equal("kernel: values in row " + i, rows.length, gram.get(i).length);
      rows[i] = row(i, gram.get(i));
    }
  }

  private static double meanDiagonal(List<float[]> gram) {
    double sum = 0;
    for (int i = 0; i < gram.size(); i++) {
      sum += gram.get(i)[i];
    }
    double mean = sum / gram.size();
    Checks.positive("kernel: mean of the diagonal (are all images too small?)", mean);
    return mean;
  }

  private svm_node[] row(int i, float[] values) {
    svm_node[] nodes = new svm_node[values.length + 1];
    nodes[0] = node(0, i + 1);
    for (int j = 0; j < values.length; j++) {
      nodes[j + 1] = node(j + 1, values[j] * scale);
    }
    return nodes;
  }

  private static svm_node node(int index, double value) {
    svm_node node = new svm_node();
    node.index = index;
    node.value = value;
    return node;
  }

  svm_node[][] rows() {
    return rows;
  }

  public int size() {
    return rows.length;
  }

  /** What raw kernel values are multiplied by. */
  public double scale() {
    return scale;
  }
}
