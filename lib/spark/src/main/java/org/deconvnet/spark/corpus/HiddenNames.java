package org.deconvnet.spark.corpus;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The names that a corpus is read without, and without a word: those that begin with a dot, and
 * those that Spark, Hadoop and this program write beside data. Others may begin with an underscore,
 * as cameras' do. This list is the only one; docs/faq.md repeats it for users.
 */
public final class HiddenNames {
  /** The file by which a folder is known that a run of this program wrote. */
  public static final String RUN_MARK = "_deconvnet";

  private static final Pattern FILES =
      Pattern.compile(
          RUN_MARK
              + "|_deconvnet-.*|_SUCCESS|_metadata|_common_metadata|_started_\\d+|_committed_\\d+|_committed_vacuum\\d+");

  private static final Pattern FOLDERS =
      Pattern.compile("_temporary|_spark_metadata|_delta_log|__magic(_job-.*)?");

  private HiddenNames() {}

  static boolean isHidden(FolderEntry entry) {
    Pattern written = entry.isFolder() ? FOLDERS : FILES;
    return entry.name().startsWith(".") || written.matcher(entry.name()).matches();
  }

  /** Whether a run of this program wrote the folder that these lie in. */
  static boolean holdMark(List<FolderEntry> entries) {
    return entries.stream().anyMatch(e -> !e.isFolder() && e.name().equals(RUN_MARK));
  }
}
