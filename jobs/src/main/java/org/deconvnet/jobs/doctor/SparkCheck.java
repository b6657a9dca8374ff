package org.deconvnet.jobs.doctor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.deconvnet.words.Count;

/** Whether Spark starts, and runs a query with code of this program on every core that it has. */
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
    Callable<Long> job = () -> countedOnEveryCore(spark);
    Check check = of(spark.version(), context.master(), job, patience);
    if (check.verdict() == Verdict.PROBLEM) {
      context.cancelAllJobs();
    }
    return check;
  }

  /**
   * By a query with functions of this program, as verbs run them: Spark compiles it, and executors
   * need this program's jar. The launcher keeps the classes of such a start.
   */
  private static long countedOnEveryCore(SparkSession spark) {
    int cores = spark.sparkContext().defaultParallelism();
    UDF1<Long, Long> next = n -> n + 1;
    return spark
        .range(0, cores, 1, cores)
        .select(udf(next, DataTypes.LongType).apply(col("id")).as("id"))
        .map((MapFunction<Row, Long>) row -> row.getLong(0), Encoders.LONG())
        .javaRDD()
        .count();
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
