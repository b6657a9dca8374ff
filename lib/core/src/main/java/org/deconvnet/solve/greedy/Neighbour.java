package org.deconvnet.solve.greedy;

import java.io.Serializable;

/**
 * A tile beside another, and where it sees the other's coefficients.
 *
 * @param tile its number
 * @param rowShift from the other's row to the row in the halo of this one
 * @param columnShift likewise
 */
record Neighbour(int tile, int rowShift, int columnShift) implements Serializable {}
