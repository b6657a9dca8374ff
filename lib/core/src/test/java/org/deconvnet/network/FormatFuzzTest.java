package org.deconvnet.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deconvnet.AllocatedBytes;
import org.deconvnet.Mutations;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.network.adaptive.AdaptiveFormat;
import org.deconvnet.network.adaptive.AdaptiveFormatTest;
import org.deconvnet.network.deconvolutional.DeconvolutionalFormat;
import org.deconvnet.network.deconvolutional.DeconvolutionalLayer;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.network.deconvolutional.MapScaling;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.store.NpyFormat;
import org.deconvnet.tensor.Connectivity;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Damaged and hostile model files: an {@link IOException} that names the place, and no other. */
class FormatFuzzTest {
  private static final int MUTATIONS = 3000;

  /** Far above what thousands of small files take; a hang would go on for ever. */
  private static final Duration ENOUGH = Duration.ofMinutes(2);

  /** A model directory in memory. */
  private record Memory(Map<String, byte[]> files) implements ModelFiles {
    @Override
    public OutputStream create(String name) {
      return new ByteArrayOutputStream() {
        @Override
        public void close() {
          files.put(name, toByteArray());
        }
      };
    }

    @Override
    public InputStream open(String name) throws IOException {
      byte[] file = files.get(name);
      if (file == null) {
        throw new FileNotFoundException(location() + "/" + name);
      }
      return new ByteArrayInputStream(file);
    }

    @Override
    public String location() {
      return "memory:model";
    }
  }

  private interface Reading {
    Network read(ModelFiles files) throws IOException;
  }

  private static Memory network() throws IOException {
    Memory files = new Memory(new TreeMap<>());
    AdaptiveFormat.write(AdaptiveFormatTest.network(), Map.of("seed", "7"), files);
    return files;
  }

  private static Memory stack() throws IOException {
    Memory files = new Memory(new TreeMap<>());
    DeconvolutionalFormat.write(
        DeconvolutionalStack.empty(BetaSchedule.standard().withCgSteps(3), 2)
            .plus(layer(Connectivity.full(4, 3), 5), new MapScaling(-0.1, 1 / 3.0))
            .plus(layer(Connectivity.singlesAndPairs(4), 3), new MapScaling(1e-9, 70)),
        Map.of(),
        files);
    return files;
  }

  private static DeconvolutionalLayer layer(Connectivity connectivity, int side) {
    return new DeconvolutionalLayer(
        FilterInitializer.gaussian(connectivity, side, side), 0.1, 1.5, 0.8);
  }

  /** Reads thousands of damaged models; what is read all the same is the model that was written. */
  private static void fuzz(Memory sound, Reading format) throws IOException {
    String fingerprint = format.read(sound).fingerprint();
    Mutations mutations = new Mutations(11);
    List<String> names = new ArrayList<>(sound.files().keySet());
    int refused = 0;
    for (int n = 0; n < MUTATIONS; n++) {
      Map<String, byte[]> damaged = new HashMap<>(sound.files());
      // Every other time the metadata, which sorts last.
      String name = names.get(n % 2 == 0 ? names.size() - 1 : n / 2 % names.size());
      damaged.computeIfPresent(name, (key, file) -> mutations.of(file));
      try {
        assertThat(format.read(new Memory(damaged)).fingerprint()).isEqualTo(fingerprint);
      } catch (IOException expected) {
        assertThat(expected).hasMessageContaining("memory:model");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(MUTATIONS / 2);
  }

  @Test
  void damagedNetworksAreRefusedCleanly() {
    Assertions.assertTimeoutPreemptively(
        ENOUGH, () -> fuzz(network(), files -> AdaptiveFormat.read(files)));
  }

  @Test
  void damagedStacksAreRefusedCleanly() {
    Assertions.assertTimeoutPreemptively(
        ENOUGH, () -> fuzz(stack(), files -> DeconvolutionalFormat.read(files)));
  }

  @Test
  void damagedArraysAreRefusedCleanly() {
    Assertions.assertTimeoutPreemptively(ENOUGH, FormatFuzzTest::fuzzArrays);
  }

  private static void fuzzArrays() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NpyFormat.write(out, new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    Mutations mutations = new Mutations(12);
    int refused = 0;
    for (int n = 0; n < MUTATIONS; n++) {
      byte[] damaged = mutations.of(out.toByteArray());
      try {
        assertThat(NpyFormat.read(new ByteArrayInputStream(damaged), "a.npy", 2, 3)).hasSize(6);
      } catch (IOException expected) {
        assertThat(expected).hasMessageContaining("a.npy");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(MUTATIONS / 4);
  }

  /** Sizes in a header take no memory before the numbers are there. */
  @Test
  void anArrayThatClaimsToBeHugeTakesNoMemory() {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (16384, 16384, 1, 1), }         \n";
    byte[] file = new byte[10 + header.length()];
    System.arraycopy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, 0, file, 0, 8);
    file[8] = (byte) header.length();
    System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, file, 10, header.length());
    long before = AllocatedBytes.ofThisThread();
    assertThatThrownBy(
            () -> NpyFormat.read(new ByteArrayInputStream(file), "a.npy", 16384, 16384, 1, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.npy: the file ends too early");
    assertThat(AllocatedBytes.ofThisThread() - before).isCloseTo(0L, within(10_000_000L));
    assertThatThrownBy(
            () -> NpyFormat.read(new ByteArrayInputStream(file), "a.npy", 65536, 65536, 1, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected at most 268435456 numbers");
  }

  @Test
  void metadataWithoutAnEndIsRefused() throws IOException {
    Memory sound = network();
    ModelFiles endless =
        new ModelFiles() {
          @Override
          public OutputStream create(String name) {
            throw new UnsupportedOperationException(name);
          }

          @Override
          public InputStream open(String name) throws IOException {
            return name.endsWith(".json") ? spaces() : sound.open(name);
          }

          @Override
          public String location() {
            return "memory:endless";
          }
        };
    Assertions.assertTimeoutPreemptively(
        ENOUGH,
        () ->
            assertThatThrownBy(() -> AdaptiveFormat.read(endless))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("memory:endless: expected network.json of at most"));
  }

  private static InputStream spaces() {
    return new InputStream() {
      @Override
      public int read() {
        return ' ';
      }

      @Override
      public int read(byte[] to, int from, int length) {
        java.util.Arrays.fill(to, from, from + length, (byte) ' ');
        return length;
      }
    };
  }

  @Test
  void deeplyNestedMetadataIsRefused() throws IOException {
    Map<String, byte[]> files = new HashMap<>(network().files());
    files.put("network.json", "[".repeat(500_000).getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> AdaptiveFormat.read(new Memory(files)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("memory:model: expected JSON in network.json");
  }
}
