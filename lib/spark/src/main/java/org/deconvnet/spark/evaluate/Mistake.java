package org.deconvnet.spark.evaluate;

import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * An image that was taken for another class.
 *
 * @param image its id
 * @param truth name of its class
 * @param predicted name of the class that it was taken for
 * @param margin by how much the score of the predicted class exceeds that of the true one
 */
public record Mistake(String image, String truth, String predicted, double margin)
    implements Serializable {
  /** So many are kept: what a person looks at. */
  public static final int MOST = 12;

  /** The largest margin first; of equal ones the first id. */
  static final Comparator<Mistake> WORST_FIRST =
      (Comparator<Mistake> & Serializable)
          (a, b) -> {
            int byMargin = Double.compare(b.margin, a.margin);
            return byMargin != 0 ? byMargin : a.image.compareTo(b.image);
          };

  /** At most {@link #MOST}, the worst first. */
  static List<Mistake> worst(Collection<Mistake> all) {
    return all.stream().sorted(WORST_FIRST).limit(MOST).toList();
  }
}
