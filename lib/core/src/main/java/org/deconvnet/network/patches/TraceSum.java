package org.deconvnet.network.patches;

import java.util.List;
import org.deconvnet.solve.CodeTrace;

/** What coding several pieces of an image came to, together. */
final class TraceSum {
  private TraceSum() {}

  static CodeTrace of(List<CodeTrace> pieces) {
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
