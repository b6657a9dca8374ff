package org.deconvnet.network.deconvolutional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.store.FolderFiles;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.tensor.Connectivity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeconvolutionalFormatTest {
  private static final DeconvolutionalStack STACK =
      DeconvolutionalStack.empty(BetaSchedule.standard().withCgSteps(3), 2)
          .plus(layer(Connectivity.full(4, 3), 5, 0.8), new MapScaling(-0.1, 1 / 3.0))
          .plus(layer(Connectivity.singlesAndPairs(4), 3, 0.8), new MapScaling(1e-9, 70))
          .plus(layer(Connectivity.randomPairs(6, 10, 4), 2, 1), new MapScaling(0, 1));

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    DeconvolutionalFormat.write(STACK, Map.of("seed", "7"), files());
  }

  private static DeconvolutionalLayer layer(Connectivity connectivity, int side, double alpha) {
    return new DeconvolutionalLayer(
        FilterInitializer.gaussian(connectivity, side, side), 0.1, 1.5, alpha);
  }

  @Test
  void comesBackBitForBitWithPartialConnectivity() throws IOException {
    DeconvolutionalStack back = DeconvolutionalFormat.read(files());
    assertThat(back.fingerprint()).isEqualTo(STACK.fingerprint());
    assertThat(back.scalings()).isEqualTo(STACK.scalings());
    assertThat(back.schedule()).isEqualTo(STACK.schedule());
    assertThat(back.passes()).isEqualTo(2);
    for (int number = 1; number <= 3; number++) {
      DeconvolutionalLayer expected = STACK.layer(number);
      DeconvolutionalLayer got = back.layer(number);
      assertThat(got.filters().data()).isEqualTo(expected.filters().data());
      assertThat(got.filters().connectivity()).isEqualTo(expected.filters().connectivity());
      assertThat(got.alpha()).isEqualTo(expected.alpha());
    }
  }

  @Test
  void theMetadataCanBeReadByEye() throws IOException {
    assertThat(Files.readString(folder.resolve("stack.json")))
        .contains("\"seed\" : \"7\"", "\"1000\", \"0100\"", "\"0011\"", "\"passes\" : 2")
        .contains("\"mean\" : -0.1", "\"kappa\" : 1.5", "\"cgSteps\" : 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "formatVersion" : 1 | "formatVersion" : 9 | expected model format 1, got 9
          "formatVersion" : 1 | "version" : 1       | expected model format 1, got none
          {                   | <                   | expected JSON in stack.json
          "1000"              | "1020"              | connectivity of map 0: expected digits 0 and 1
          "1000",             | ""                  | expected JSON in stack.json
          "1000",             | "100",              | expected 4 digits, one a channel, got 3
          "1000",             | "0000",             | map 0 is connected to no channel
          "1000",             | "1100",             | the model is damaged
          "0011"              | "0011", "1100"      | expected 10 rows of connectivity
          "maps" : 10         | "maps" : 11         | expected an array of shape [11, 4, 3, 3]
          "maps" : 10         | "maps" : 1000000000 | the metadata asks for the shape [1000000000, 4, 3, 3]
          "maps" : 10         | "maps" : -1         | expected a positive maps
          "passes" : 2        | "passes" : 0        | expected a positive passes
          "range" : 70.0      | "range" : 0         | all codes of the layer are equal
          "mean" : -0.1       | "mean" : null       | expected a number as mean
          "lambda" : 0.1      | "lambda" : -0.1     | lambda: expected a positive number
          "alpha" : 0.8       | "alpha" : 0.7       | the model is damaged
          10.0,               | 0.5,                | strictly increasing
          """)
  void damagedMetadataIsNamed(String good, String bad, String message) throws IOException {
    Path json = folder.resolve("stack.json");
    String text = Files.readString(json);
    assertThat(text).contains(good);
    Files.writeString(json, text.replace(good, bad));
    assertThatThrownBy(() -> DeconvolutionalFormat.read(files()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void changedShortAndMissingFiltersAreNoticed() throws IOException {
    Path file = folder.resolve("layer2.npy");
    byte[] npy = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(npy, npy.length - 5));
    assertThatThrownBy(() -> DeconvolutionalFormat.read(files()))
        .hasMessageContaining("ends too early");
    npy[npy.length - 2] ^= 1;
    Files.write(file, npy);
    assertThatThrownBy(() -> DeconvolutionalFormat.read(files())).hasMessageContaining("damaged");
    Files.delete(file);
    assertThatThrownBy(() -> DeconvolutionalFormat.read(files()))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("layer2.npy");
  }

  private ModelFiles files() {
    return new FolderFiles(folder);
  }
}
