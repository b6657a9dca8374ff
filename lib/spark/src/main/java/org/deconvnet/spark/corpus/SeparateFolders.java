package org.deconvnet.spark.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * What a run writes lies apart from what it reads: results below the images would be images of the
 * next run, and overwriting a folder above them would delete them. Every run asks here before it
 * does anything else. On this machine links are followed.
 */
public final class SeparateFolders {
  private SeparateFolders() {}

  /**
   * @param output where the run writes
   * @param corpus which it reads
   * @throws CorpusException if one of them lies in the other, or both are the same
   */
  public static void require(SparkSession spark, String output, String corpus) {
    require(spark, "output", output, corpus);
  }

  /** As above, for a folder that is no output. */
  public static void require(SparkSession spark, String what, String folder, String corpus) {
    String out = place(spark, what, folder);
    String in = place(spark, "corpus", corpus);
    if (isWithin(in, out) || isWithin(out, in)) {
      throw new CorpusException(
          "%s %s: expected a folder apart from the corpus %s; give another folder"
              .formatted(what, folder, corpus));
    }
  }

  /**
   * Refuses an output that the model lies in, which overwriting would delete.
   *
   * @throws CorpusException if it does
   */
  public static void requireKept(SparkSession spark, String output, String model) {
    requireKept(spark, output, "model", model);
  }

  /**
   * As above, for what else a run reads.
   *
   * @param what it is
   */
  public static void requireKept(SparkSession spark, String output, String what, String kept) {
    if (isWithin(place(spark, what, kept), place(spark, "output", output))) {
      throw new CorpusException(
          "output %s: expected a folder that the %s %s does not lie in; give another folder"
              .formatted(output, what, kept));
    }
  }

  private static boolean isWithin(String inner, String outer) {
    return (inner + "/").startsWith(outer + "/");
  }

  /** Equal texts for equal places, without a slash at the end. */
  private static String place(SparkSession spark, String what, String address) {
    Path path = FolderAddress.of(spark, what, address);
    try {
      FileSystem fileSystem = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      Path whole = fileSystem.makeQualified(path);
      String text =
          LocalFolder.isOn(fileSystem)
              ? LocalFolder.place(Utf8Name.path(whole.toUri().getPath())).toUri().toASCIIString()
              : whole.toString();
      return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    } catch (IOException e) {
      throw new UncheckedIOException("%s %s: %s".formatted(what, address, e.getMessage()), e);
    }
  }
}
