package org.deconvnet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.deconvnet.preprocess.ImageDecodeException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherFormatTest {
  private static ImageDecodeException refused(byte[] content) {
    return catchThrowableOfType(
        ImageDecodeException.class, () -> ImageDecoder.decode(content, DecodeLimits.DEFAULT));
  }

  private static void assertNamed(byte[] content, String name) {
    ImageDecodeException thrown = refused(content);
    assertThat(thrown)
        .hasMessage("image: %s is not read here; convert it to JPEG or PNG, or leave it out", name);
    assertThat(thrown.reason()).isEqualTo(Reason.FORMAT_NOT_READ);
  }

  @ParameterizedTest
  @CsvSource({
    "000000186674797068656963 00000000 6D696631 68656963, HEIC",
    "000000206674797068657678 00000000, HEIC",
    "00000018667479706D696631 00000000 6D696631 68656963, HEIC",
    "0000001C6674797061766966 00000000, AVIF",
    "0000001C667479706D696631 00000000 61766966 6D696631, AVIF",
    "00000018667479706372782000000001, camera raw (CR3)",
    "0000001866747970 69736F6D, 'video or other media (MP4, MOV)'",
    "0000000C6A5020200D0A870A, JPEG 2000",
    "FF4FFF510000, JPEG 2000",
    "FF0A00000000, JPEG XL",
    "0000000C4A584C200D0A870A, JPEG XL",
    "4949BC01, JPEG XR",
    "38425053 0001, Photoshop (PSD)",
    "00000100 0100, Windows icon (ICO)",
    "4949 2B00 0800, BigTIFF",
    "4D4D 002B 0008, BigTIFF",
    "4949 5500 1800, camera raw (RW2)",
    "4949 524F 0800, camera raw (ORF)",
    "762F3101, OpenEXR",
    "44445320, DirectDraw surface (DDS)"
  })
  void formatsAreNamedByTheirFirstBytes(String hex, String name) {
    assertNamed(HexFormat.of().parseHex(hex.replace(" ", "")), name);
  }

  @ParameterizedTest
  @CsvSource({
    "'%PDF-1.4', PDF",
    "'<svg xmlns=\"http://www.w3.org/2000/svg\"/>', SVG",
    "'<?xml version=\"1.0\"?><!-- drawn --><SVG/>', SVG",
    "'%!PS-Adobe-3.0 EPSF-3.0', PostScript",
    "'FUJIFILMCCD-RAW 0201', camera raw (RAF)",
    "'gimp xcf v011', GIMP (XCF)",
    "'SIMPLE  =    T', FITS",
    "'#?RADIANCE', Radiance HDR"
  })
  void formatsAreNamedByTheirFirstWords(String text, String name) {
    assertNamed(text.getBytes(StandardCharsets.US_ASCII), name);
  }

  @Test
  void dicomHasItsNameBehindAPreamble() {
    byte[] content = new byte[140];
    System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, content, 128, 4);
    assertNamed(content, "DICOM");
  }

  @ParameterizedTest
  @CsvSource({"<html><body/></html>", "<?xml?><note/>", "hello", "RIFF1234WAVE", "ftyp"})
  void whatHasNoNameIsShownByItsBytes(String text) {
    assertThat(refused(text.getBytes(StandardCharsets.US_ASCII)).reason())
        .isEqualTo(Reason.NOT_AN_IMAGE);
  }

  @Test
  void anyBeginningOfAnyLengthIsLookedAtSafely() {
    byte[] media = HexFormat.of().parseHex("000000FF66747970");
    for (int length = 1; length <= media.length; length++) {
      assertThat(refused(Arrays.copyOf(media, length))).isNotNull();
    }
  }
}
