package org.deconvnet.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.deconvnet.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://host/photos   | a web address; download its files
          http://host/photos    | a web address; download its files
          s3://bucket/photos    | Spark reads S3 as s3a://bucket/photos
          s3n://bucket/photos   | Spark reads S3 as s3a://bucket/photos
          photos:2020           | write ./photos:2020
          photos:2020/summer    | write ./photos:2020/summer
          12:30 pictures        | write ./12:30 pictures
          :photos               | write ./:photos
          gs://bucket/photos    | no file system here answers to
          abfs://a@b/photos     | no file system here answers to
          nonsense://photos     | no file system here answers to
          nonsense:/photos      | write ./nonsense:/photos
          hdfs:photos           | write hdfs:// and the path from the root on
          file:photos           | write file:// and the path from the root on
          ''                    | got an empty text
          """)
  void anAddressThatCannotBeReadSaysWhatIsMeant(String given, String message) {
    assertThatThrownBy(() -> ImageCorpus.open(LocalSpark.session(), given, Set.of(), 0))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining(given)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> CorpusPacker.of(LocalSpark.session(), given))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/photos:2020", "./photos:2020", "file:///photos", "hdfs://host:9000/a", "a/b:c"})
  void otherAddressesAreTaken(String given) {
    assertThat(FolderAddress.of(LocalSpark.session(), "corpus", given).toString())
        .endsWith(given.replace("file://", "file:").replaceFirst("^\\./", ""));
  }

  @Test
  void aNameThatTheLocaleLostIsRefusedWithTheRemedy(@TempDir Path folder) throws IOException {
    String encoding = System.setProperty("sun.jnu.encoding", "ANSI_X3.4-1968");
    try {
      assertThatThrownBy(
              () -> ImageCorpus.open(LocalSpark.session(), "/data/Z\uFFFD\uFFFDrich", Set.of(), 0))
          .isInstanceOf(CorpusException.class)
          .hasMessageContaining("set LC_ALL=C.UTF-8");
      org.apache.hadoop.fs.Path file =
          new org.apache.hadoop.fs.Path(folder.toString(), "Zürich.png");
      assertThatThrownBy(
              () ->
                  WholeFile.write(
                      file.getFileSystem(LocalSpark.session().sparkContext().hadoopConfiguration()),
                      file,
                      part -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("set LC_ALL=C.UTF-8");
    } finally {
      System.setProperty("sun.jnu.encoding", encoding);
    }
  }
}
