package org.deconvnet.solve.greedy;

/**
 * Where coding by tiles stands after a round.
 *
 * @param round from 1
 * @param level tiles descended until nothing would move by more
 * @param tiles that took a turn
 * @param changes of coefficients in this round
 */
public record TileProgress(int round, double level, int tiles, long changes) {}
