package org.deconvnet.jobs.doctor;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.words.Count;

/** Whether Spark starts, and runs a job with code of this program on every core that it has. */
final class SparkCheck {
  static final String NAME = "spark";

  private static final String BUILT_FOR = "4.2";
  private static final String EXPECTED = "Spark %s that runs a small job".formatted(BUILT_FOR);

  private SparkCheck() {}

  /**
   * @param patience how long the job may take
   */
  static Check of(SparkSession spark, Duration patience) {
    SparkContext context = spark.sparkContext();
    Callable<Long> job = () -> countedOnEveryCore(JavaSparkContext.fromSparkContext(context));
    Check check = of(spark.version(), context.master(), job, patience);
    if (check.verdict() == Verdict.PROBLEM) {
      context.cancelAllJobs();
    }
    return check;
  }

  private static long countedOnEveryCore(JavaSparkContext context) {
    int cores = context.defaultParallelism();
    List<Integer> ones = Collections.nCopies(cores, 1);
    // An executor needs this program's jar for it.
    return context.parallelize(ones, cores).map(one -> one + 1).count();
  }

  /**
   * @param job gives the number of its tasks
   */
  static Check of(String version, String master, Callable<Long> job, Duration patience) {
    String spark = "Spark %s, master %s".formatted(version, master);
    try {
      String found =
          "%s: a job of %s ran".formatted(spark, Count.of(within(patience, job), "task"));
      return version.startsWith(BUILT_FOR + ".")
          ? Check.ok(NAME, found, EXPECTED)
          : Check.note(NAME, found, EXPECTED, "use Spark 4.2: other releases are not tested");
    } catch (TimeoutException e) {
      return Check.problem(
          NAME,
          "%s: no job ran within %d s".formatted(spark, patience.toSeconds()),
          EXPECTED,
          "look whether the cluster has workers with free cores and memory, and at their logs");
    } catch (ExecutionException e) {
      return Check.problem(
          NAME,
          "%s: a job failed: %s".formatted(spark, FirstLine.of(e.getCause())),
          EXPECTED,
          "look at the executors' logs");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a job ran", e);
    }
  }

  private static long within(Duration patience, Callable<Long> job)
      throws ExecutionException, InterruptedException, TimeoutException {
    FutureTask<Long> task = new FutureTask<>(job);
    Thread thread = new Thread(task, "doctor's job");
    thread.setDaemon(true);
    thread.start();
    return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Spark gave no session. */
  static Check notStarted(Exception failure) {
    return Check.problem(
        NAME,
        "it does not start: " + FirstLine.of(failure),
        EXPECTED,
        "check --master and --conf; without --master Spark runs on this machine alone");
  }
}
