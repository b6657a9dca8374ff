package org.deconvnet.jobs.doctor;

import java.io.PrintStream;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.words.Count;

/** Checks this machine, a line a check, each printed as soon as it is known. Not thread-safe. */
public final class Doctor {
  /** A cluster may have to start executors first. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PrintStream out;
  private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);

  public Doctor(PrintStream out) {
    this.out = out;
  }

  /**
   * Makes every check.
   *
   * @param session starts Spark; what it gives is closed
   * @param input folder of images, or null for none
   * @return whether there is no problem
   */
  public boolean examine(Callable<SparkSession> session, String input) {
    report(JavaCheck.here());
    report(EngineCheck.here());
    report(MemoryCheck.here());
    report(DiskCheck.here());
    report(ClockCheck.of(ZonedDateTime.now()));
    examineSpark(session, input);
    out.println(summary());
    return count(Verdict.PROBLEM) == 0;
  }

  private void examineSpark(Callable<SparkSession> session, String input) {
    try (SparkSession spark = session.call()) {
      if (spark.sparkContext().isLocal()) {
        DiskCheck.ofSpark(spark.sparkContext().getConf(), System.getenv("SPARK_LOCAL_DIRS"))
            .forEach(this::report);
      }
      Check runs = SparkCheck.of(spark, PATIENCE);
      report(runs);
      if (spark.sparkContext().isLocal() && runs.verdict() != Verdict.PROBLEM) {
        report(ParquetCheck.here(spark));
      }
      if (input != null) {
        report(InputCheck.of(spark, input));
      }
    } catch (Exception e) {
      // Whatever Spark throws is the finding.
      report(SparkCheck.notStarted(e));
      if (input != null) {
        report(InputCheck.notLookedAt());
      }
    }
  }

  private void report(Check check) {
    verdicts.merge(check.verdict(), 1, Integer::sum);
    out.println(check.line());
    out.flush();
  }

  private int count(Verdict verdict) {
    return verdicts.getOrDefault(verdict, 0);
  }

  private String summary() {
    return "%s, %s"
        .formatted(
            Count.of(count(Verdict.PROBLEM), "problem"), Count.of(count(Verdict.NOTE), "note"));
  }
}
