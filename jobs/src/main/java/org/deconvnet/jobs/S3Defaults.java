package org.deconvnet.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.deconvnet.tensor.UserErrorException;

/**
 * Settings for a command that reads or writes {@code s3a://}; what the user sets wins. Other
 * commands do without: executors would need the classes, too. Output goes through the magic
 * committer: a task's files become visible when its job commits, and nothing is renamed. Waits are
 * bounded, so that a wrong address or a missing right fails within a minute; throttling and server
 * errors are still retried. Credentials come from Hadoop's provider chain alone: nothing here reads
 * them.
 */
final class S3Defaults {
  private static final String SCHEME = "s3a://";
  private static final Pattern WITH_CREDENTIALS = Pattern.compile(SCHEME + "[^/]*@");
  private static final String PROTOCOL =
      "org.apache.spark.internal.io.cloud.PathOutputCommitProtocol";

  private S3Defaults() {}

  /**
   * @param arguments of the command; nothing is set if none holds an s3a address
   * @throws IllegalArgumentException if Spark cannot read s3a here, or an address holds credentials
   */
  static void apply(SparkConf conf, List<String> arguments) {
    if (arguments.stream().noneMatch(argument -> argument.contains(SCHEME))) {
      return;
    }
    // Not repeated in the message: it may end in a log.
    if (arguments.stream().anyMatch(WITH_CREDENTIALS.asPredicate())) {
      throw new UserErrorException(
          "expected s3a://BUCKET/..., got an address with login details; give those in"
              + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }
    if (!onClassPath(PROTOCOL) || !onClassPath("org.apache.hadoop.fs.s3a.S3AFileSystem")) {
      throw new UserErrorException(
          "s3a://: expected hadoop-aws and spark-hadoop-cloud on Spark's class path, got none;"
              + " deploy/README.md says which jars");
    }
    settings().forEach(conf::setIfMissing);
  }

  private static Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("spark.sql.sources.commitProtocolClass", PROTOCOL);
    all.put(
        "spark.sql.parquet.output.committer.class",
        "org.apache.spark.internal.io.cloud.BindingParquetOutputCommitter");
    all.put(
        "spark.hadoop.mapreduce.outputcommitter.factory.scheme.s3a",
        "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory");
    all.put("spark.hadoop.fs.s3a.committer.name", "magic");
    all.put("spark.hadoop.fs.s3a.committer.magic.enabled", "true");
    all.put("spark.hadoop.fs.s3a.connection.establish.timeout", "5s");
    all.put("spark.hadoop.fs.s3a.connection.timeout", "30s");
    all.put("spark.hadoop.fs.s3a.attempts.maximum", "3");
    all.put("spark.hadoop.fs.s3a.retry.limit", "5");
    all.put("spark.hadoop.fs.s3a.retry.interval", "300ms");
    return all;
  }

  private static boolean onClassPath(String name) {
    try {
      Class.forName(name, false, S3Defaults.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
