package org.deconvnet.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassNamesTest {
  @TempDir Path folder;
  private Path network;

  @BeforeEach
  void place() {
    network = folder.resolve("net.v2.onnx");
  }

  private ClassNames read(Object file, int count) {
    return ClassNames.read(LocalSpark.session(), file.toString(), network.toString(), count);
  }

  @Test
  void namesLieBesideTheNetwork() throws IOException {
    Files.writeString(folder.resolve("net.v2.json"), "{\"classes\": [\"cat\", \"dög\"]}");
    ClassNames names = read("", 2);
    assertThat(names.names()).containsExactly("cat", "dög");
    assertThat(names.numberOf("dög")).hasValue(1);
    assertThat(names.numberOf("cow")).isEmpty();
    assertThat(names.numberOf(null)).isEmpty();
  }

  @Test
  void withoutNamesClassesAreCalledByTheirNumbersAndNoFolderIsOne() throws IOException {
    assertThat(read("", 2).names()).containsExactly("class 0", "class 1");
    Files.writeString(folder.resolve("net.v2.json"), "{\"mean\": [0, 1]}");
    ClassNames names = read("", 2);
    assertThat(names.of(1)).isEqualTo("class 1");
    assertThat(names.numberOf("class 1")).isEmpty();
  }

  @Test
  void aTextFileHasANameALine() throws IOException {
    Path file = Files.writeString(folder.resolve("names.txt"), "cat\r\n\n big dog \n");
    assertThat(read(file, 2).names()).containsExactly("cat", "big dog");
    assertThatThrownBy(() -> read(file, 3))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining(
            "names.txt: expected 3 names, one for each class of the network, got 2");
  }

  @Test
  void filesThatHoldNoNamesAreRefused() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\"classes\": [\"cat\"");
    Path numbers = Files.writeString(folder.resolve("numbers.json"), "{\"classes\": [1, 2]}");
    Path other = Files.writeString(folder.resolve("other.json"), "{}");
    assertThatThrownBy(() -> read(broken, 2)).hasMessageContaining("expected JSON with a list");
    assertThatThrownBy(() -> read(numbers, 2)).hasMessageContaining("expected texts in the list");
    assertThatThrownBy(() -> read(other, 2)).hasMessageContaining("expected 2 names");
    assertThatThrownBy(() -> read(folder, 2)).hasMessageContaining("got a folder");
    assertThatThrownBy(() -> read(folder.resolve("none.txt"), 2))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("got nothing there; check --class-names");
  }
}
