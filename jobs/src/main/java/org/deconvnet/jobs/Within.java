package org.deconvnet.jobs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The numbers that an option takes: whole ones from {@code least} to {@code most}, others above
 * {@code above} and at most {@code most}, or below {@code below}. Checked when the command line is
 * read, before any work.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Within {
  double least() default Double.NEGATIVE_INFINITY;

  double above() default Double.NEGATIVE_INFINITY;

  double below() default Double.POSITIVE_INFINITY;

  double most() default Double.POSITIVE_INFINITY;
}
