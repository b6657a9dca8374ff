package org.deconvnet.speed;

/**
 * The speed of one dense operation on one thread.
 *
 * @param op synthesize, adjoint or filterGradient
 * @param shape channels, maps, image side and filter side
 * @param gflops useful operations, 2 · K · C · s² · H · W a call, in 10⁹ a second
 */
public record KernelSpeed(String op, String shape, double gflops) {}
