package org.deconvnet.spark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8NameTest {
  @ParameterizedTest
  @ValueSource(strings = {"plain.png", "Zürich", "😀 ！.png", "100%41 %FF", "a:b\\c", "\uFFFD"})
  void everyNameInUtf8IsReadAndFoundAgain(String name) {
    Path file = Utf8Name.path("/no where/ünï/" + name);
    assertThat(Utf8Name.of(file)).isEqualTo(new Utf8Name(name, true));
    assertThat(Utf8Name.of(file.getParent()).text()).isEqualTo("ünï");
  }

  @ParameterizedTest
  @CsvSource({
    "b%FFd.png, b\\xFFd.png",
    "%C3%BC%C3, ü\\xC3",
    "%ED%A0%80x, \\xED\\xA0\\x80x",
    "%C0%AF, \\xC0\\xAF",
    "%F8%88%80%80%80, \\xF8\\x88\\x80\\x80\\x80"
  })
  void otherBytesAreEscaped(String bytes, String text) {
    Path file = Path.of(URI.create("file:///nowhere/" + bytes));
    assertThat(Utf8Name.of(file)).isEqualTo(new Utf8Name(text, false));
  }

  @Test
  void theRootHasAPathToo() {
    assertThat(Utf8Name.path("/")).isEqualTo(Path.of("/"));
  }
}
