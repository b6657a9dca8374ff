package org.deconvnet.spark.exec;

import java.io.Serializable;
import java.util.Iterator;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.sums.Mergeable;

/**
 * What a round does with the groups of one partition.
 *
 * @param <W> what is sent out
 * @param <T> an item of a group
 * @param <S> what comes back
 */
@FunctionalInterface
public interface GroupWork<W extends Serializable, T, S extends Mergeable<S>> extends Serializable {
  /**
   * Sums over the groups, exact ones, so that partitions change no bit.
   *
   * @param groups of one partition, one or more
   */
  S over(Iterator<GhostGroup<T>> groups, W weights, ConvolutionEngine engine);
}
