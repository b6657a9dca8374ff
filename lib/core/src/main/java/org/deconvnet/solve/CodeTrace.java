package org.deconvnet.solve;

import java.io.Serializable;
import java.util.List;

/**
 * The objective λ/2 ‖A z − y‖² + penalty(z) of one image in its parts, at the code z that a solver
 * returned.
 *
 * @param dataTerm λ/2 ‖A z − y‖²
 * @param sparsity penalty(z)
 * @param squaredError ‖A z − y‖²
 * @param squaredImage ‖y‖²
 * @param nonZeros entries of the sparse code that are not zero: of z itself, or of the second code
 *     of {@link HalfQuadraticSplitting}, whose z is dense
 * @param entries entries of z
 * @param gap no code has an objective lower by more than this; NaN from solvers that do not know
 */
public record CodeTrace(
    double dataTerm,
    double sparsity,
    double squaredError,
    double squaredImage,
    long nonZeros,
    long entries,
    double gap)
    implements Serializable {
  /** From a solver that does not know how far the least objective is. */
  public CodeTrace(
      double dataTerm,
      double sparsity,
      double squaredError,
      double squaredImage,
      long nonZeros,
      long entries) {
    this(dataTerm, sparsity, squaredError, squaredImage, nonZeros, entries, Double.NaN);
  }

  public double objective() {
    return dataTerm + sparsity;
  }

  /** Share of the sparse code's entries that are not zero. */
  public double density() {
    return (double) nonZeros / entries;
  }

  /** What coding several pieces of an image came to, together. */
  public static CodeTrace sum(List<CodeTrace> pieces) {
    return new CodeTrace(
        pieces.stream().mapToDouble(CodeTrace::dataTerm).sum(),
        pieces.stream().mapToDouble(CodeTrace::sparsity).sum(),
        pieces.stream().mapToDouble(CodeTrace::squaredError).sum(),
        pieces.stream().mapToDouble(CodeTrace::squaredImage).sum(),
        pieces.stream().mapToLong(CodeTrace::nonZeros).sum(),
        pieces.stream().mapToLong(CodeTrace::entries).sum(),
        pieces.stream().mapToDouble(CodeTrace::gap).sum());
  }
}
