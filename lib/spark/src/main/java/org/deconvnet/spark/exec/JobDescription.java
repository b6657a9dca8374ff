package org.deconvnet.spark.exec;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/** What Spark's pages and listeners call the jobs that a thread starts. */
public final class JobDescription {
  private static final String PROPERTY = "spark.job.description";

  private JobDescription() {}

  /** Runs what starts jobs, and then puts back what jobs were called before. */
  public static <T> T during(SparkContext context, String text, Supplier<T> work) {
    String before = context.getLocalProperty(PROPERTY);
    context.setJobDescription(text);
    try {
      return work.get();
    } finally {
      context.setJobDescription(before);
    }
  }
}
