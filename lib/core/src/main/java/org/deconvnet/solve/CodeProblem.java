package org.deconvnet.solve;

import org.deconvnet.operator.LinearMap;
import org.deconvnet.penalty.Penalty;
import org.deconvnet.tensor.Checks;

/**
 * What the code z of an image y minimises:
 *
 * <pre>λ/2 ‖A z − y‖² + penalty(z)</pre>
 *
 * @param name for messages, such as "layer 2"
 * @param map A, of the thread that solves
 * @param lambda weight λ of the data term, positive
 */
public record CodeProblem(String name, LinearMap map, double lambda, Penalty penalty) {
  public CodeProblem {
    Checks.positive("lambda", lambda);
  }
}
