package org.deconvnet.spark.corpus;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Prints the encoding of file names, then id and length as read of each file of a corpus. */
final class ListedInAnotherLocale {
  private ListedInAnotherLocale() {}

  /**
   * @param arguments the corpus' path, escaped: arguments, too, are lost without a UTF-8 locale
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(System.getProperty("sun.jnu.encoding"));
    Path root = new Path(URLDecoder.decode(arguments[0], StandardCharsets.UTF_8));
    FileSystem local = FileSystem.getLocal(new Configuration(false));
    List<String> lines = new ArrayList<>();
    new CorpusWalk(
            local,
            root,
            file -> {
              int read = CorpusFolder.of(local, root).content(file.id()).length;
              lines.add(file.id() + " " + read);
            },
            skipped -> lines.add("skipped: " + skipped))
        .run();
    lines.forEach(out::println);
  }
}
