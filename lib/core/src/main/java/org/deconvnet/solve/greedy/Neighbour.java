package org.deconvnet.solve.greedy;

/**
 * A tile beside another, and where it sees the other's coefficients.
 *
 * @param tile its number
 * @param rowShift from a row of what the other sees to the same place's row in what this one sees
 * @param columnShift likewise
 */
record Neighbour(int tile, int rowShift, int columnShift) {}
