package org.deconvnet.notebook;

/** A cell that does not compile, or that threw something: then that is the cause. */
final class CellFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  CellFailure(String message) {
    super(message);
  }

  CellFailure(Throwable thrown) {
    super(thrown.toString(), thrown);
  }
}
