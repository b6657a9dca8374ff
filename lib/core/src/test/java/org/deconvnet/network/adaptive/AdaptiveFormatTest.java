package org.deconvnet.network.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.solve.Shrinkage;
import org.deconvnet.store.FolderFiles;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class AdaptiveFormatTest {
  @TempDir Path folder;

  @Test
  void comesBackBitForBit() throws IOException {
    AdaptiveNetwork network = network();
    AdaptiveFormat.write(network, Map.of("seed", "7"), files());
    AdaptiveNetwork back = AdaptiveFormat.read(files());
    assertThat(back.fingerprint()).isEqualTo(network.fingerprint());
    assertThat(back.layer(2).filters().data()).isEqualTo(network.layer(2).filters().data());
    assertThat(back.layer(1).pool()).isEqualTo(network.layer(1).pool());
    assertThat(Files.readString(folder.resolve("network.json"))).contains("\"seed\" : \"7\"");
  }

  @Test
  void storedNetworksKeepTheirFingerprint() {
    float[] filters = new float[18];
    for (int i = 0; i < filters.length; i++) {
      filters[i] = i / 8f;
    }
    FilterBank bank = FilterBank.of(Connectivity.full(2, 1), 3, filters);
    AdaptiveNetwork network =
        AdaptiveNetwork.empty().plus(new AdaptiveLayer(bank, new PoolSize(3, 3, 2), 2, 10, 0.25));
    assertThat(network.fingerprint())
        .isEqualTo("ce00ba7e16a17735aa2089419a81bc797faf8657e6cbb27fcf744ab02fd393fe");
  }

  @Test
  void momentumAndRefitAreKept() throws IOException {
    AdaptiveLayer plain = network().layer(1);
    AdaptiveLayer layer =
        new AdaptiveLayer(plain.filters(), plain.pool(), 2, 10, 0.01, new Shrinkage(true, false));
    AdaptiveNetwork network = AdaptiveNetwork.empty().plus(layer);
    AdaptiveFormat.write(network, Map.of(), files());
    assertThat(AdaptiveFormat.read(files()).layer(1).shrinkage()).isEqualTo(layer.shrinkage());
    assertThat(network.fingerprint())
        .isNotEqualTo(AdaptiveNetwork.empty().plus(plain).fingerprint());
  }

  @Test
  void aModelThatDoesNotSayTakesThePapersStepsAlone() throws IOException {
    AdaptiveFormat.write(network(), Map.of(), files());
    Path json = folder.resolve("network.json");
    String text = Files.readString(json);
    String older = text.replaceAll(",\\s*\"(momentum|refit)\" : false", "");
    assertThat(older).isNotEqualTo(text).doesNotContain("momentum", "refit");
    Files.writeString(json, older);
    assertThat(AdaptiveFormat.read(files()).layer(2).shrinkage()).isEqualTo(Shrinkage.PLAIN);
  }

  @Test
  void anotherVersionIsNamed() throws IOException {
    AdaptiveFormat.write(network(), Map.of(), files());
    Path json = folder.resolve("network.json");
    Files.writeString(
        json, Files.readString(json).replace("\"formatVersion\" : 1", "\"formatVersion\" : 99"));
    assertThatThrownBy(() -> AdaptiveFormat.read(files()))
        .hasMessageContaining("expected model format 1, got 99")
        .hasMessageContaining(folder.toString());
  }

  @Test
  void changedFiltersAreNoticed() throws IOException {
    AdaptiveFormat.write(network(), Map.of(), files());
    byte[] npy = Files.readAllBytes(folder.resolve("layer1.npy"));
    npy[npy.length - 2] ^= 1;
    Files.write(folder.resolve("layer1.npy"), npy);
    assertThatThrownBy(() -> AdaptiveFormat.read(files())).hasMessageContaining("damaged");
  }

  @Test
  void aShortFileIsNoticed() throws IOException {
    AdaptiveFormat.write(network(), Map.of(), files());
    byte[] npy = Files.readAllBytes(folder.resolve("layer2.npy"));
    Files.write(folder.resolve("layer2.npy"), java.util.Arrays.copyOf(npy, npy.length - 5));
    assertThatThrownBy(() -> AdaptiveFormat.read(files()))
        .hasMessageContaining("layer2.npy")
        .hasMessageContaining("ends too early");
  }

  public static AdaptiveNetwork network() {
    return new AdaptiveNetwork(
        List.of(
            new AdaptiveLayer(
                FilterInitializer.gaussian(Connectivity.full(4, 1), 5, 1),
                new PoolSize(3, 3, 2),
                2,
                10,
                0.01),
            new AdaptiveLayer(
                FilterInitializer.gaussian(Connectivity.full(3, 2), 7, 2),
                new PoolSize(3, 3, 1),
                0.1,
                10,
                0.001)));
  }

  private ModelFiles files() {
    return new FolderFiles(folder);
  }
}
