package org.deconvnet.spark.page;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * When, by what and how a page was made.
 *
 * @param program name and version
 * @param command that makes it again; empty where a run was not started by a command
 */
public record RunHeader(LocalDate date, String program, String command) {
  /** Setting of the Spark session that holds the command line, without secrets. */
  public static final String COMMAND = "spark.deconvnet.command";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

  /** Of the run that goes on in a session, today. */
  public static RunHeader of(SparkSession spark) {
    String version = RunHeader.class.getPackage().getImplementationVersion();
    return new RunHeader(
        LocalDate.now(),
        "DeconvNet on Spark " + (version == null ? "(unpacked build)" : version),
        spark.conf().get(COMMAND, ""));
  }

  /** For the page's first lines. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("made on", DAY.format(date));
    facts.put("by", program);
    return facts;
  }
}
