package org.deconvnet.solve.splitting;

/**
 * How far an iteration of {@link Admm} is from x = z and from rest, each as a share of what is
 * compared (Wohlberg 2017, ADMM penalty parameter selection by residual balancing). Not
 * thread-safe.
 */
final class Residuals {
  private double apart;
  private double moved;
  private double squaredX;
  private double squaredZ;
  private double squaredU;

  void clear() {
    apart = 0;
    moved = 0;
    squaredX = 0;
    squaredZ = 0;
    squaredU = 0;
  }

  /** Squared norms of x − z, of z's move, of x, z and u. */
  void add(double ofApart, double ofMoved, double ofX, double ofZ, double ofU) {
    apart += ofApart;
    moved += ofMoved;
    squaredX += ofX;
    squaredZ += ofZ;
    squaredU += ofU;
  }

  /** ‖x − z‖ / max(‖x‖, ‖z‖). */
  double primal() {
    return share(apart, Math.max(squaredX, squaredZ));
  }

  /** ‖z − z before‖ / ‖u‖. */
  double dual() {
    return share(moved, squaredU);
  }

  /** 0 where nothing is compared with nothing. */
  private static double share(double part, double whole) {
    return part == 0 ? 0 : Math.sqrt(part / whole);
  }
}
