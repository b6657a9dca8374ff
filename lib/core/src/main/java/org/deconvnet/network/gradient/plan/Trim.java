package org.deconvnet.network.gradient.plan;

import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * The first rows and columns: what hangs over the end is cut off, as where a stride does not divide
 * an image's side.
 *
 * @param rows that are kept, from 1
 * @param columns that are kept, from 1
 */
public record Trim(int rows, int columns) implements Operation {
  public Trim {
    Checks.atLeast("trim: rows", 1, rows);
    Checks.atLeast("trim: columns", 1, columns);
  }

  @Override
  public Shape output(List<Shape> inputs) {
    Shape input = inputs.get(0);
    if (input.height() < rows || input.width() < columns) {
      throw new UserErrorException(
          "trim: expected at least %d x %d, got %s".formatted(rows, columns, input));
    }
    return new Shape(input.maps(), rows, columns);
  }
}
