package org.deconvnet.jobs.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;

/**
 * Values that no output may hold: keys of S3. Other programs' messages may repeat them.
 *
 * @param values none of them empty
 */
record Secrets(List<String> values) {
  private static final List<String> VARIABLES =
      List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");
  private static final List<String> KEYS =
      List.of("fs.s3a.access.key", "fs.s3a.secret.key", "fs.s3a.session.token");

  Secrets {
    values = values.stream().filter(value -> !value.isBlank()).toList();
  }

  /** Those that S3 would be asked with. */
  static Secrets of(Map<String, String> environment, Configuration hadoop) {
    List<String> values = new ArrayList<>();
    VARIABLES.stream().map(environment::get).filter(Objects::nonNull).forEach(values::add);
    KEYS.stream().map(hadoop::get).filter(Objects::nonNull).forEach(values::add);
    return new Secrets(values);
  }

  String hiddenIn(String text) {
    String hidden = text;
    for (String value : values) {
      hidden = hidden.replace(value, "(hidden)");
    }
    return hidden;
  }

  /** Never the values. */
  @Override
  public String toString() {
    return "Secrets[" + values.size() + "]";
  }
}
