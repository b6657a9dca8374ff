package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTextTest {
  private static String words(String... arguments) {
    String text = CommandText.of(List.of(arguments));
    return text.substring(text.indexOf("train"));
  }

  @Test
  void plainWordsStayAndOthersAreQuotedForTheShell() {
    assertThat(words("train", "--input", "s3a://bucket/photos", "--output=out/modèle_1"))
        .isEqualTo("train --input s3a://bucket/photos --output=out/modèle_1");
    assertThat(words("train", "--input", "my photos", "--output", "it's", ""))
        .isEqualTo("train --input 'my photos' --output 'it'\\''s' ''");
    assertThat(words("train", "--input", "<script>", "--conf", "spark.master=local[2]"))
        .isEqualTo("train --input '<script>' --conf 'spark.master=local[2]'");
  }

  @Test
  void secretsAreWithheld() {
    for (String key :
        List.of(
            "spark.hadoop.fs.s3a.secret.key",
            "spark.hadoop.fs.s3a.access.key",
            "spark.hadoop.fs.s3a.session.token",
            "spark.ssl.keyStorePassword",
            "spark.authenticate.SECRET")) {
      assertThat(words("train", "--conf", key + "=hush\nhush"))
          .isEqualTo("train --conf '" + key + "=(withheld)'");
      assertThat(words("train", "--conf=" + key + "=hush")).doesNotContain("hush");
    }
  }
}
