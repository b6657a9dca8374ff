package org.deconvnet.spark.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.deconvnet.tensor.Checks;

/**
 * The heap that tasks share, and how many work in it at once: this process where Spark is local, an
 * executor elsewhere. Immutable.
 *
 * @param local whether it is this process
 * @param bytes its limit, at least 1
 * @param tasks at once, at least 1; where only the cluster knows how many cores an executor has, 1
 */
record TaskHeap(boolean local, long bytes, int tasks) {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\*|\\d+)(?:,.*)?\\])?");

  TaskHeap {
    Checks.positive("heap: bytes", (double) bytes);
    Checks.atLeast("heap: tasks at once", 1, tasks);
  }

  /**
   * @param executorMegabytes an executor's heap, as Spark settled it from its configuration and the
   *     environment
   * @param here the limit of this process's heap in bytes
   * @param cores of this machine
   */
  static TaskHeap of(SparkConf conf, long executorMegabytes, long here, int cores) {
    Matcher local = LOCAL.matcher(conf.get("spark.master"));
    boolean isLocal = local.matches();
    int each = conf.getInt("spark.task.cpus", 1);
    int threads = isLocal ? threads(local.group(1), cores) : conf.getInt("spark.executor.cores", 1);
    return new TaskHeap(
        isLocal, isLocal ? here : executorMegabytes << 20, Math.max(1, threads / each));
  }

  private static int threads(String given, int cores) {
    if (given == null) {
      return 1;
    }
    return given.equals("*") ? cores : Integer.parseInt(given);
  }
}
