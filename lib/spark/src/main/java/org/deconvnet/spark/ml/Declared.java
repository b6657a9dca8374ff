package org.deconvnet.spark.ml;

import java.util.Arrays;
import java.util.Objects;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.deconvnet.tensor.UserErrorException;
import scala.Function1;
import scala.runtime.AbstractFunction1;

/**
 * Declares Params: each doc ends with the values that are taken, and another value is refused with
 * the same words when it is set. A Param is equal to any other of its stage and name, so accessors
 * make a new one at each call, and interfaces can declare them.
 */
final class Declared {
  private Declared() {}

  static Param<String> text(Params owner, String name, String doc, Takes<String> takes) {
    return new Param<>(owner, name, doc(doc, takes), check(owner, name, takes));
  }

  static Param<String> column(Params owner, String name, String doc) {
    return text(owner, name, doc, Takes.column());
  }

  static Param<String> columnOrNone(Params owner, String name, String doc) {
    return text(owner, name, doc, Takes.columnOrNone());
  }

  static IntParam whole(Params owner, String name, String doc, Takes<Integer> takes) {
    return new IntParam(owner, name, doc(doc, takes), check(owner, name, takes));
  }

  static LongParam wholeLong(Params owner, String name, String doc, Takes<Long> takes) {
    return new LongParam(owner, name, doc(doc, takes), check(owner, name, takes));
  }

  static DoubleParam number(Params owner, String name, String doc, Takes<Double> takes) {
    return new DoubleParam(owner, name, doc(doc, takes), check(owner, name, takes));
  }

  static BooleanParam flag(Params owner, String name, String doc) {
    return new BooleanParam(owner, name, doc + " (true or false)");
  }

  static IntArrayParam wholes(Params owner, String name, String doc, Takes<Integer> each) {
    return wholesOf(owner, name, doc, Takes.ints(each));
  }

  /** Numbers that are looked at together. */
  static IntArrayParam wholesOf(Params owner, String name, String doc, Takes<int[]> all) {
    return new IntArrayParam(owner, name, doc(doc, all), check(owner, name, all));
  }

  static DoubleArrayParam numbers(Params owner, String name, String doc, Takes<Double> each) {
    return numbersOf(owner, name, doc, Takes.doubles(each));
  }

  /** Numbers that are looked at together. */
  static DoubleArrayParam numbersOf(Params owner, String name, String doc, Takes<double[]> all) {
    return new DoubleArrayParam(owner, name, doc(doc, all), check(owner, name, all));
  }

  static StringArrayParam texts(Params owner, String name, String doc, Takes<String> each) {
    return textsOf(owner, name, doc, Takes.strings(each));
  }

  /** Texts that are looked at together. */
  static StringArrayParam textsOf(Params owner, String name, String doc, Takes<String[]> all) {
    return new StringArrayParam(owner, name, doc(doc, all), check(owner, name, all));
  }

  private static String doc(String doc, Takes<?> takes) {
    return "%s (%s)".formatted(doc, takes.words());
  }

  /** Spark's own numeric Params are typed by Object, hence the free type A. */
  @SuppressWarnings("unchecked")
  private static <A, T> Function1<A, Object> check(Params owner, String name, Takes<T> takes) {
    return (Function1<A, Object>) new Check<>(owner.uid() + ": " + name, takes);
  }

  /** Throws where Spark's own validators are false: their message names no range. */
  private static final class Check<T> extends AbstractFunction1<T, Object> {
    private static final long serialVersionUID = 1;

    private final String what;
    private final Takes<T> takes;

    Check(String what, Takes<T> takes) {
      this.what = what;
      this.takes = takes;
    }

    @Override
    public Object apply(T value) {
      if (value == null || !takes.test().test(value)) {
        throw new UserErrorException(
            "%s: expected %s, got %s".formatted(what, takes.words(), words(value)));
      }
      return true;
    }
  }

  /** Arrays as lists, other values as they are. */
  static String words(Object value) {
    if (value instanceof int[] numbers) {
      return Arrays.toString(numbers);
    }
    if (value instanceof double[] numbers) {
      return Arrays.toString(numbers);
    }
    if (value instanceof Object[] values) {
      return Arrays.toString(values);
    }
    return value instanceof String text ? "'" + text + "'" : Objects.toString(value);
  }

  /** As Spark explains a Param, but with arrays' values in place of their addresses. */
  static String explain(Params owner, Param<?> param) {
    StringBuilder values = new StringBuilder();
    if (owner.getDefault(param).isDefined()) {
      values.append("default: ").append(words(owner.getDefault(param).get()));
    }
    if (owner.isSet(param)) {
      values.append(values.isEmpty() ? "" : ", ");
      values.append("current: ").append(words(owner.getOrDefault(param)));
    }
    return "%s: %s (%s)"
        .formatted(param.name(), param.doc(), values.isEmpty() ? "undefined" : values);
  }
}
