package org.deconvnet.solve.greedy;

import java.io.Serializable;

/**
 * How good a code is, whoever found it.
 *
 * @param gap objective less a lower bound of the least one, so that no code is better by more;
 *     infinite where a map is free, since then there is no bound
 * @param largestMove how far a proximal step of length 1 would move the coefficient that it moves
 *     most; 0 at the minimum
 * @param changes coefficients changed on the way; of a solver that changes all at once, iterations
 * @param settled whether the tolerance was reached, and not the limit of changes
 */
public record Certificate(double gap, double largestMove, long changes, boolean settled)
    implements Serializable {}
