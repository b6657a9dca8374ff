package org.deconvnet.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;
import org.deconvnet.engine.EngineUnavailableException;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.spark.checkpoint.CheckpointException;
import org.deconvnet.spark.config.OptionException;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.sums.SumOverflowException;
import org.deconvnet.tensor.UserErrorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one message for a person; a stack trace only for a defect. */
final class Failures implements IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (Stopping.stopped()) {
      // Spark ends under the run; what is to say has been said.
      return FAILED;
    }
    if (failure instanceof ConfigException || failure instanceof OptionException) {
      say(command, failure.getMessage());
      return USAGE;
    }
    String known = expected(failure);
    say(command, (known == null ? defect(failure) : known) + LogFile.reminder());
    return FAILED;
  }

  /** In one line; the trace, and what Spark adds to a message line by line, is in a file. */
  private static String defect(Exception failure) {
    String first = failure.toString().lines().findFirst().orElse("");
    try {
      return "this looks like a defect: %s; please report it with its trace, which is in %s"
          .formatted(first, TraceFile.write(failure));
    } catch (IOException e) {
      LOG.error("no file for the trace ({}), so here it is", e.getMessage(), failure);
      return "this looks like a defect: %s; please report it with its trace".formatted(first);
    }
  }

  /** An error of the driver, which is no exception and so does not come by the handler. */
  static int outOfMemory(CommandLine command) {
    say(command, outOfMemory());
    return FAILED;
  }

  /** What to say of a full heap: this process's, or on a cluster maybe an executor's. */
  private static String outOfMemory() {
    long megabytes = Runtime.getRuntime().maxMemory() >> 20;
    return ("out of memory (this process has a heap of %d MB): give it more, by DECONVNET_MEMORY=8g"
            + " before ./deconvnet, by --driver-memory and --executor-memory before spark-submit's"
            + " jar; or run fewer tasks at once, or lay descriptors with a larger step")
        .formatted(megabytes);
  }

  /** What the failure that speaks to the user says, which Spark may have wrapped; or null. */
  private static String expected(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (isOutOfMemory(t)) {
        return outOfMemory();
      }
      if (t instanceof CorpusException
          || t instanceof CheckpointException
          || t instanceof EngineUnavailableException
          || t instanceof SolverDivergedException
          || t instanceof SumOverflowException
          || t instanceof UncheckedIOException
          || t instanceof IOException
          || t instanceof UserErrorException) {
        return t.getMessage();
      }
      if (t instanceof SparkThrowable spark && isUnreadable(spark)) {
        return t.getMessage()
            + "; it is damaged or not readable: copy it, or pack the corpus again";
      }
    }
    return null;
  }

  /** Of a task's error Spark passes on the trace alone, as text. */
  private static boolean isOutOfMemory(Throwable failure) {
    return failure instanceof OutOfMemoryError
        || failure instanceof SparkException
            && String.valueOf(failure.getMessage()).contains(OutOfMemoryError.class.getName());
  }

  /** Spark read an input file, a packed corpus' shard above all, and failed. */
  private static boolean isUnreadable(SparkThrowable failure) {
    return String.valueOf(failure.getCondition()).startsWith("FAILED_READ_FILE");
  }

  private static void say(CommandLine command, String message) {
    command.getErr().println("deconvnet: " + message);
    command.getErr().flush();
  }
}
