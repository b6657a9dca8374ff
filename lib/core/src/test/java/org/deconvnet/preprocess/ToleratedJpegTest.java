package org.deconvnet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.deconvnet.preprocess.ImageDecodeException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JPEGs that hold all their pixels are read, however untidy they are; others stay refused. */
class ToleratedJpegTest {
  private static final byte[] FILL = {(byte) 0xFF};

  private static float[] pixels(byte[] content) {
    return ImageDecoder.decode(content, DecodeLimits.DEFAULT).data();
  }

  private static Reason refused(byte[] content) {
    ImageDecodeException thrown =
        catchThrowableOfType(ImageDecodeException.class, () -> pixels(content));
    assertThat(thrown).as("decoded without an error").isNotNull();
    return thrown.reason();
  }

  /** Where every marker begins, up to the end marker. */
  private static List<Integer> markers(byte[] jpeg) {
    List<Integer> places = new ArrayList<>();
    JpegMarkers markers = new JpegMarkers(jpeg);
    while (markers.next()) {
      places.add(markers.start());
      if (markers.marker() == JpegMarkers.END_OF_IMAGE) {
        return places;
      }
    }
    throw new AssertionError("no end marker");
  }

  private static int end(byte[] jpeg) {
    List<Integer> all = markers(jpeg);
    return all.get(all.size() - 1);
  }

  private static byte[] baseline() {
    return ImageBytes.write(ImageBytes.textured(60, 40), "jpeg");
  }

  private static List<byte[]> kinds() {
    return List.of(baseline(), Fixture.read("progressive.jpg"), Fixture.read("restart.jpg"));
  }

  /** B.1.1.2: any marker may be preceded by any number of fill bytes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void fillBytesBeforeAnyMarker(int count) {
    byte[] fill = new byte[count];
    Arrays.fill(fill, (byte) 0xFF);
    for (byte[] jpeg : kinds()) {
      float[] expected = pixels(jpeg);
      byte[] everywhere = jpeg;
      List<Integer> places = markers(jpeg);
      for (int i = places.size() - 1; i >= 0; i--) {
        byte[] one = ImageBytes.splice(jpeg, places.get(i), fill);
        assertThat(pixels(one)).as("before marker %d", i).isEqualTo(expected);
        assertThat(ImageDecoder.size(one, DecodeLimits.LOOSEST))
            .isEqualTo(ImageDecoder.size(jpeg, DecodeLimits.LOOSEST));
        everywhere = ImageBytes.splice(everywhere, places.get(i), fill);
      }
      assertThat(pixels(everywhere)).isEqualTo(expected);
    }
  }

  @Test
  void restartMarkersAreAmongTheMarkersTried() {
    assertThat(markers(Fixture.read("restart.jpg")).size()).isGreaterThan(12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 60, 1000})
  void junkBeforeTheEnd(int count) {
    byte[] zeros = new byte[count];
    byte[] pattern = new byte[count];
    byte[] text = new byte[count];
    byte[] phrase = "left behind by a camera ".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < count; i++) {
      pattern[i] = new byte[] {0x12, 0x34, 0x56}[i % 3];
      text[i] = phrase[i % phrase.length];
    }
    for (byte[] jpeg : kinds()) {
      float[] expected = pixels(jpeg);
      for (byte[] junk : List.of(zeros, pattern, text)) {
        assertThat(pixels(ImageBytes.splice(jpeg, end(jpeg), junk))).isEqualTo(expected);
      }
    }
  }

  /** Read on as data, random bytes now and then come to a proper end; then the file is refused. */
  @Test
  void randomJunkIsToldFromDataNearlyAlways() {
    Random random = new Random(3);
    int read = 0;
    byte[] jpeg = baseline();
    float[] expected = pixels(jpeg);
    for (int n = 0; n < 200; n++) {
      byte[] junk = new byte[1 + random.nextInt(100)];
      for (int i = 0; i < junk.length; i++) {
        junk[i] = (byte) random.nextInt(255);
      }
      try {
        assertThat(pixels(ImageBytes.splice(jpeg, end(jpeg), junk))).isEqualTo(expected);
        read++;
      } catch (ImageDecodeException e) {
        assertThat(e).hasMessageContaining("extraneous");
      }
    }
    assertThat(read).isGreaterThan(190);
  }

  @Test
  void fillAndJunkTogether() {
    byte[] jpeg = baseline();
    byte[] junk = ImageBytes.splice(jpeg, end(jpeg), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertThat(pixels(ImageBytes.splice(junk, end(junk), FILL))).isEqualTo(pixels(jpeg));
  }

  /** A decoder that loses its way ends early, and its library says the same of the rest. */
  @Test
  void damagedDataThatEndEarlyAreStillRefused() {
    Random random = new Random(11);
    int early = 0;
    for (byte[] jpeg : kinds()) {
      int first = end(jpeg) / 2;
      for (int n = 0; n < 60; n++) {
        byte[] damaged = jpeg.clone();
        int from = first + random.nextInt(end(jpeg) - first - 20);
        Arrays.fill(damaged, from, from + 1 + random.nextInt(12), (byte) (n % 3 == 0 ? 0 : 0x55));
        try {
          pixels(damaged);
        } catch (ImageDecodeException e) {
          early += e.getMessage().contains("extraneous bytes before marker 0xd9") ? 1 : 0;
        }
      }
    }
    assertThat(early).isGreaterThan(20);
  }

  @Test
  void dataWithoutTheirSecondHalfAreRefusedWithAnEndMarkerAndJunkToo() {
    for (byte[] jpeg : kinds()) {
      for (int percent : new int[] {60, 80, 95}) {
        int end = end(jpeg);
        byte[] cut = Arrays.copyOf(jpeg, end * percent / 100);
        assertThat(refused(cut)).isEqualTo(Reason.TRUNCATED);
        byte[] ended = ImageBytes.splice(cut, cut.length, new byte[] {(byte) 0xFF, (byte) 0xD9});
        assertThat(refused(ended)).isIn(Reason.TRUNCATED, Reason.DAMAGED);
      }
    }
  }

  @Test
  void anotherPictureBehindTheEndDoesNotMatter() {
    byte[] jpeg = baseline();
    byte[] other = Fixture.read("progressive.jpg");
    assertThat(pixels(ImageBytes.splice(jpeg, jpeg.length, other))).isEqualTo(pixels(jpeg));
    byte[] half = Arrays.copyOf(other, other.length / 2);
    assertThat(pixels(ImageBytes.splice(jpeg, jpeg.length, half))).isEqualTo(pixels(jpeg));
  }

  /**
   * Profiles that are cut, miss parts or hold nothing, and other segments that readers trip over.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "E2 000F 4943435F50524F46494C450001",
        "E2 0010 4943435F50524F46494C45000101",
        "E2 0010 4943435F50524F46494C45000203",
        "E2 0014 4943435F50524F46494C4500010101020304",
        "E1 0008 457869660000",
        "E0 0005 4A4649",
        "E0 0007 4A46494600",
        "EE 0007 41646F6265",
        "ED 0004 5068",
        "E2 0006 4D504600",
        "FE 0002"
      })
  void damagedMetadataHarmNoPixel(String hex) {
    byte[] segment = HexFormat.of().parseHex("FF" + hex.replace(" ", ""));
    byte[] jpeg = baseline();
    byte[] with = ImageBytes.splice(jpeg, 2, segment);
    assertThat(pixels(with)).isEqualTo(pixels(jpeg));
    assertThat(ImageDecoder.size(with, DecodeLimits.LOOSEST).width()).isEqualTo(60);
  }

  /** A profile whose length says one byte less than it has leaves a byte between segments. */
  @Test
  void aSegmentThatIsLongerThanItSays() {
    byte[] jpeg = baseline();
    byte[] segment = HexFormat.of().parseHex("FFE2000F4943435F50524F46494C45000101");
    assertThat(pixels(ImageBytes.splice(jpeg, 20, segment))).isEqualTo(pixels(jpeg));
  }

  @Test
  void cleanFilesAreGivenToTheReaderAsTheyAre() {
    for (byte[] jpeg : kinds()) {
      assertThat(JpegRepair.withoutFill(jpeg)).isSameAs(jpeg);
    }
  }
}
