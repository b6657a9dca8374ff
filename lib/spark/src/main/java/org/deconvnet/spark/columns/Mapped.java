package org.deconvnet.spark.columns;

import java.util.Iterator;
import java.util.function.Function;

/** An iterator's elements through a function, one at a time: a partition is never held whole. */
public record Mapped<A, B>(Iterator<A> source, Function<A, B> function) implements Iterator<B> {
  @Override
  public boolean hasNext() {
    return source.hasNext();
  }

  @Override
  public B next() {
    return function.apply(source.next());
  }
}
