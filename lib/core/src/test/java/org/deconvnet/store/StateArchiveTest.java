package org.deconvnet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.LayerStateFormat;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;
import org.junit.jupiter.api.Test;

class StateArchiveTest {
  @Test
  void filesComeBackAndTheSameFilesAreTheSameBytes() throws IOException {
    StateArchive written = new StateArchive("there");
    put(written.under("b/"), "x", "two");
    put(written, "a", "one");
    StateArchive read = StateArchive.of(written.toBytes(), "back");
    assertThat(text(read, "a")).isEqualTo("one");
    assertThat(text(read.under("b/"), "x")).isEqualTo("two");
    assertThat(text(read, "b/x")).isEqualTo("two");
    assertThat(read.toBytes()).isEqualTo(written.toBytes());
  }

  @Test
  void whatIsMissingDamagedOrStrangeIsNamed() throws IOException {
    StateArchive archive = new StateArchive("here");
    put(archive, "state.json", "{\"layer\": 1}");
    assertThatThrownBy(() -> archive.open("filters.npy"))
        .hasMessage("here: expected filters.npy in it, got [state.json]");
    LayerState start = LayerState.start(1, FilterBank.zeros(Connectivity.full(1, 1), 3), 1);
    assertThatThrownBy(() -> LayerStateFormat.read(archive, 2, start, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("here: expected the state of learning in state.json");
    byte[] bytes = archive.toBytes();
    bytes[bytes.length / 3] ^= 1;
    assertThatThrownBy(() -> StateArchive.of(bytes, "here"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("here: expected a zip");
  }

  private static void put(ModelFiles files, String name, String text) throws IOException {
    try (OutputStream out = files.create(name)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String text(ModelFiles files, String name) throws IOException {
    try (InputStream in = files.open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
