package org.deconvnet.operator.cnn;

import java.util.Arrays;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * One class of outputs of a convolution, and the inputs that they meet, as the operands of a
 * convolution of stride 1: maps are (channel, block down, block across).
 */
final class Phase {
  private final AxisPhases rows;
  private final AxisPhases columns;
  private final int rowClass;
  private final int columnClass;
  private final boolean sharesInput;
  private final boolean sharesOutput;
  private final FeatureMaps inputs;
  private final FeatureMaps outputs;

  Phase(AxisPhases rows, int rowClass, AxisPhases columns, int columnClass, ConvolutionSize size) {
    this.rows = rows;
    this.columns = columns;
    this.rowClass = rowClass;
    this.columnClass = columnClass;
    sharesInput = rows.isWhole() && columns.isWhole();
    sharesOutput = rows.classes() == 1 && columns.classes() == 1;
    int maps = size.channels() * rows.blocks() * columns.blocks();
    Shape in = new Shape(maps, rows.inputsOf(rowClass), columns.inputsOf(columnClass));
    Shape out = new Shape(size.maps(), rows.outputsOf(rowClass), columns.outputsOf(columnClass));
    inputs = sharesInput ? null : FeatureMaps.zeros(in);
    outputs = sharesOutput ? null : FeatureMaps.zeros(out);
  }

  /** What one run of numbers does. */
  private enum Way {
    TAKE,
    ADD_BACK
  }

  /** The operand to compute with or into: the convolution's own where it serves as it lies. */
  FeatureMaps inputs(FeatureMaps x) {
    return sharesInput ? x : inputs;
  }

  /** The same on the other side. */
  FeatureMaps outputs(FeatureMaps y) {
    return sharesOutput ? y : outputs;
  }

  /** Takes this phase's inputs out of x. */
  FeatureMaps takeInputs(FeatureMaps x) {
    if (!sharesInput) {
      eachRow(x, Way.TAKE);
    }
    return inputs(x);
  }

  /** Adds this phase's inputs to those of x. */
  void addInputs(FeatureMaps x) {
    if (!sharesInput) {
      eachRow(x, Way.ADD_BACK);
    }
  }

  private void eachRow(FeatureMaps x, Way way) {
    int map = 0;
    for (int c = 0; c < x.maps(); c++) {
      for (int i = 0; i < rows.blocks(); i++) {
        for (int j = 0; j < columns.blocks(); j++, map++) {
          eachRowOfBlock(x, way, c, map, i, j);
        }
      }
    }
  }

  private void eachRowOfBlock(FeatureMaps x, Way way, int channel, int map, int i, int j) {
    int firstRow = rows.firstInput(rowClass, i);
    int inFront = rows.inFront(firstRow);
    int beforeEnd = rows.beforeEnd(firstRow, inputs.height());
    for (int t = 0; t < inputs.height(); t++) {
      int to = inputs.index(map, t, 0);
      if (t >= inFront && t < beforeEnd) {
        int row = x.index(channel, firstRow + t * rows.inputStep(), 0);
        run(x.data(), row, columns.firstInput(columnClass, j), way, to);
      } else if (way == Way.TAKE) {
        Arrays.fill(inputs.data(), to, to + inputs.width(), 0);
      }
    }
  }

  private void run(float[] x, int row, int first, Way way, int to) {
    int step = columns.inputStep();
    int width = inputs.width();
    int end = columns.beforeEnd(first, width);
    int begin = Math.min(columns.inFront(first), end);
    if (way == Way.ADD_BACK) {
      addRun(inputs.data(), to + begin, x, row + first + begin * step, step, end - begin);
      return;
    }
    Arrays.fill(inputs.data(), to, to + begin, 0);
    takeRun(x, row + first + begin * step, step, inputs.data(), to + begin, end - begin);
    Arrays.fill(inputs.data(), to + end, to + width, 0);
  }

  private static void takeRun(float[] from, int at, int step, float[] to, int start, int count) {
    if (step == 1 && count > 0) {
      System.arraycopy(from, at, to, start, count);
      return;
    }
    for (int t = 0; t < count; t++) {
      to[start + t] = from[at + t * step];
    }
  }

  private static void addRun(float[] from, int start, float[] to, int at, int step, int count) {
    for (int t = 0; t < count; t++) {
      to[at + t * step] += from[start + t];
    }
  }

  /** Takes this phase's outputs out of y. */
  FeatureMaps takeOutputs(FeatureMaps y) {
    if (!sharesOutput) {
      for (int k = 0; k < outputs.maps(); k++) {
        for (int row = 0; row < outputs.height(); row++) {
          int to = outputs.index(k, row, 0);
          takeRun(
              y.data(),
              place(y, k, row),
              columns.outputStep(),
              outputs.data(),
              to,
              outputs.width());
        }
      }
    }
    return outputs(y);
  }

  /** Puts this phase's outputs where they belong in y. */
  void putOutputs(FeatureMaps y) {
    if (sharesOutput) {
      return;
    }
    for (int k = 0; k < outputs.maps(); k++) {
      for (int row = 0; row < outputs.height(); row++) {
        int from = outputs.index(k, row, 0);
        int to = place(y, k, row);
        for (int column = 0; column < outputs.width(); column++) {
          y.data()[to + column * columns.outputStep()] = outputs.data()[from + column];
        }
      }
    }
  }

  private int place(FeatureMaps y, int map, int row) {
    return y.index(map, rowClass + row * rows.outputStep(), columnClass);
  }
}
