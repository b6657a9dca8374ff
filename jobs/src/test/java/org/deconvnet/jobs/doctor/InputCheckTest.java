package org.deconvnet.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.corpus.CorpusException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputCheckTest extends OwnSpark {
  private static final Secrets NONE = new Secrets(List.of());

  @TempDir Path folder;

  private Check check() {
    return InputCheck.of(spark, folder.toString());
  }

  @Test
  void theFirstFilesAreRead() {
    BarCorpus.write(folder, 2, 9, 1);
    assertThat(check().verdict()).isEqualTo(Verdict.OK);
    assertThat(check().found()).endsWith(": 18 images among the 18 files");
    BarCorpus.write(folder, 3, 9, 1);
    assertThat(check().found()).endsWith(": 20 images among the first 20 files");
  }

  @Test
  void aFileThatIsNoImageIsNamed() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "not a picture");
    assertThat(check().verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(check().found()).endsWith("0 images among the 1 file");
    BarCorpus.write(folder, 1, 1, 1);
    assertThat(check().verdict()).isEqualTo(Verdict.NOTE);
    assertThat(check().advice()).contains("notes.txt: ");
  }

  @Test
  void aFolderThatIsMissingOrEmptyIsAProblem() {
    assertThat(check().verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(check().found()).endsWith(": no file");
    Check missing = InputCheck.of(spark, folder + "/none");
    assertThat(missing.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(missing.found()).contains("none: expected a folder of images, got nothing there");
    Check web = InputCheck.of(spark, "https://host/photos");
    assertThat(web.found()).contains("a web address");
  }

  @Test
  void missingCredentialsAreSaid() {
    RuntimeException failure =
        new CorpusException(
            "corpus s3a://b/c: cannot be listed",
            new AccessDeniedException("s3a://b/c", null, "No AWS Credentials provided by X"));
    assertThat(InputCheck.failed("s3a://b/c", failure, NONE).advice())
        .startsWith("no credentials are set")
        .contains("AWS_ACCESS_KEY_ID");
    assertThat(InputCheck.failed("s3a://b/c", failure, new Secrets(List.of("k"))).advice())
        .startsWith("credentials are set and not accepted");
    RuntimeException other = new CorpusException("corpus hdfs://h/c: no route to host");
    assertThat(InputCheck.failed("hdfs://h/c", other, NONE).advice()).startsWith("check the path");
  }

  @Test
  void aFolderThatIsCalledCredentialsSaysNothingOfThem() {
    for (String folder : List.of("/home/my credentials/photos", "s3a://credentials/403")) {
      RuntimeException failure =
          new CorpusException(
              "corpus %s: cannot be listed".formatted(folder),
              new AccessDeniedException(folder + "/class", null, "org/of/credential: denied"));
      assertThat(InputCheck.failed(folder, failure, NONE).advice())
          .isEqualTo("check the path and the right to read it");
    }
  }

  @Test
  void noSecretIsRepeated() {
    Configuration hadoop = new Configuration(false);
    hadoop.set("fs.s3a.secret.key", "of-hadoop");
    Secrets secrets =
        Secrets.of(Map.of("AWS_ACCESS_KEY_ID", "of-env", "AWS_SESSION_TOKEN", ""), hadoop);
    RuntimeException failure =
        new CorpusException("corpus s3a://b/c: of-env signed with of-hadoop is refused");
    assertThat(InputCheck.failed("s3a://b/c", failure, secrets).line())
        .contains("(hidden) signed with (hidden) is refused");
    assertThat(secrets).hasToString("Secrets[2]");
  }
}
