package org.deconvnet.operator.cnn;

import java.util.stream.IntStream;

/**
 * One axis of a convolution, cut into parts of stride 1 and dilation 1.
 *
 * <p>Let g be the greatest common divisor of stride s and dilation d. Outputs of one residue class
 * ρ modulo d/g, and taps of one class τ modulo s/g, meet in inputs that are lcm(s, d) apart: with o
 * = (d/g)·v + ρ and i = (s/g)·u + τ, tap i of output o reads {@code lcm·(v + u) + s·ρ + d·τ −
 * before}, which depends on v + u alone. So it is a plain correlation of a part of the input with a
 * part of the filter.
 *
 * <p>The parts of the filter are cut further into blocks of {@code side} taps, so that filters that
 * are not square, or not a multiple of the stride, waste little in a bank of square ones.
 */
final class AxisPhases {
  private final AxisGeometry axis;
  private final int inputs;
  private final int outputs;
  private final int side;
  private final int tapStep;
  private final int outputStep;
  private final int classes;
  private final int[] firstTaps;

  /**
   * @param inputs positions of the input
   * @param side taps of a block
   */
  AxisPhases(AxisGeometry axis, int inputs, int side) {
    this.axis = axis;
    this.inputs = inputs;
    this.outputs = axis.outputs(inputs);
    this.side = side;
    int common = commonDivisor(axis);
    tapStep = axis.stride() / common;
    outputStep = axis.dilation() / common;
    classes = Math.min(outputStep, outputs);
    firstTaps = IntStream.range(0, axis.taps()).filter(i -> i / tapStep % side == 0).toArray();
  }

  private static int commonDivisor(AxisGeometry axis) {
    int a = axis.stride();
    int b = axis.dilation();
    while (b != 0) {
      int rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }

  /** Taps of the largest part of a filter: the side beyond which blocks hold zeros only. */
  static int most(AxisGeometry axis) {
    int step = axis.stride() / commonDivisor(axis);
    return (axis.taps() + step - 1) / step;
  }

  /** Residue classes of outputs. */
  int classes() {
    return classes;
  }

  /** Blocks of taps. */
  int blocks() {
    return firstTaps.length;
  }

  /**
   * The tap of the whole filter that a place in a block stands for; −1 where the block is empty.
   */
  int tap(int block, int place) {
    int tap = firstTaps[block] + tapStep * place;
    return tap < axis.taps() ? tap : -1;
  }

  /** Outputs of a class. */
  int outputsOf(int outputClass) {
    return (outputs - outputClass + outputStep - 1) / outputStep;
  }

  /** Outputs from one of a class to the next. */
  int outputStep() {
    return outputStep;
  }

  /** Inputs that the outputs of a class meet in one block. */
  int inputsOf(int outputClass) {
    return outputsOf(outputClass) + side - 1;
  }

  /** Inputs from one of them to the next. */
  int inputStep() {
    return axis.dilation() * tapStep;
  }

  /** The first of them; below 0 in the padding. */
  int firstInput(int outputClass, int block) {
    return axis.stride() * outputClass + axis.dilation() * firstTaps[block] - axis.before();
  }

  /** How many of a run of inputs lie in front of the input itself. */
  int inFront(int first) {
    return first >= 0 ? 0 : (inputStep() - 1 - first) / inputStep();
  }

  /** How many of a run of inputs, those in front counted, begin before the input's end. */
  int beforeEnd(int first, int run) {
    return first >= inputs ? 0 : Math.min(run, (inputs - 1 - first) / inputStep() + 1);
  }

  /** Whether a block's inputs are the whole input, as it lies. */
  boolean isWhole() {
    return classes == 1
        && blocks() == 1
        && inputStep() == 1
        && axis.before() == 0
        && inputsOf(0) == inputs;
  }
}
