package org.deconvnet.spark.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.zip.CRC32C;
import org.deconvnet.network.csc.CscImage;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;
import org.junit.jupiter.api.Test;

/** Images with sparse codes; those with dense ones are in every checkpoint of the 2010 network. */
class StoredImageStreamTest {
  private static final FeatureMaps PIXELS = FeatureMaps.of(new Shape(1, 1, 2), new float[] {1, -2});

  private static CscImage image(String id, SparseMaps code) {
    return new CscImage(id, PIXELS, code, null);
  }

  private static byte[] bytes(CscImage... images) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (CscImage image : images) {
      StoredImageStream.write(image, out);
    }
    StoredImageStream.writeEnd(out);
    return bytes.toByteArray();
  }

  private static StoredImageStream<CscImage> read(byte[] bytes) throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return new StoredImageStream<>(
        new DataInputStream(new ByteArrayInputStream(bytes)),
        (id, pixels, code) -> new CscImage(id, pixels, code == null ? null : code.sparse(), null),
        "test",
        checksum.getValue());
  }

  @Test
  void sparseCodesComeBackHoweverLargeTheirMapsAre() throws IOException {
    Shape tenMegapixels = new Shape(64, 2500, 4000);
    SparseMaps code =
        new SparseMaps(
            tenMegapixels, new int[] {3, tenMegapixels.size() - 1}, new float[] {0.5f, -7});
    SparseMaps none = SparseMaps.zeros(new Shape(2, 3, 4));
    StoredImageStream<CscImage> stored =
        read(bytes(image("large", code), image("zeros", none), image("uncoded", null)));
    assertThat(stored.next().keptCode()).isEqualTo(code);
    assertThat(stored.next().keptCode()).isEqualTo(none);
    CscImage last = stored.next();
    assertThat(last.keptCode()).isNull();
    assertThat(last.image().data()).isEqualTo(PIXELS.data());
    assertThat(stored.hasNext()).isFalse();
  }

  @Test
  void moreEntriesThanPlacesAreDamage() throws IOException {
    SparseMaps code = new SparseMaps(new Shape(1, 1, 2), new int[] {1}, new float[] {5});
    byte[] bytes = bytes(image("a", code));
    // The count is four bytes before the end's length, the value and the place.
    bytes[bytes.length - 13] = 3;
    assertThatThrownBy(() -> read(bytes).next())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("it is damaged")
        .hasMessageContaining("expected at most 2 entries, got 3");
  }
}
