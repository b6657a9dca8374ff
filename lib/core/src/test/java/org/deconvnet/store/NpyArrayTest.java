package org.deconvnet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyArrayTest {
  /** As NumPy lays a file out, with whatever header. */
  private static byte[] file(String header, double... numbers) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file =
        ByteBuffer.allocate(10 + text.length + 8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    file.putShort((short) text.length).put(text);
    for (double number : numbers) {
      file.putDouble(number);
    }
    return file.array();
  }

  private static String header(String type, String fortran, String shape) {
    return "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }".formatted(type, fortran, shape);
  }

  private static NpyArray read(byte[] file) throws IOException {
    return NpyArray.read(new ByteArrayInputStream(file), "a.npy");
  }

  @Test
  void doublesBecomeFloatsInTheirOrder() throws IOException {
    NpyArray array = read(file(header("<f8", "False", "(2, 1, 2)"), 1, 0.1, -3, 1e-3));
    assertThat(array.shape()).containsExactly(2, 1, 2);
    assertThat(array.data()).containsExactly(1, 0.1f, -3, 1e-3f);
  }

  @Test
  void whatIsWrittenPieceByPieceIsReadAsOneArray() throws IOException {
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    NpyFormat.begin(pieces, 2, 3);
    NpyFormat.append(pieces, new float[] {1, 2, 3});
    NpyFormat.append(pieces, new float[] {4, 5, 6});
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    NpyFormat.write(whole, new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertThat(pieces.toByteArray()).isEqualTo(whole.toByteArray());
    assertThat(pieces.size() % 8).isZero();
    NpyArray array = read(pieces.toByteArray());
    assertThat(array.shape()).containsExactly(2, 3);
    assertThat(array.data()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<i8 | False | (2,)   | expected numbers of type <f4 or <f8, got <i8; save array.astype",
        ">f4 | False | (2,)   | expected numbers of type <f4 or <f8, got >f4",
        "<f8 | True  | (2, 1) | expected C order, got Fortran order; save numpy.ascontiguousarray",
        "<f8 | False | (99999999999,) | expected axes of a whole number each"
      })
  void otherArraysAreRefusedWithTheLineThatMendsThem(
      String type, String fortran, String shape, String says) {
    assertThatThrownBy(() -> read(file(header(type, fortran, shape), 1, 2)))
        .isInstanceOf(UserErrorException.class)
        .hasMessageStartingWith("a.npy: " + says);
  }

  @Test
  void theFirstNumberThatIsNotFiniteIsNamedWithItsPlace() {
    byte[] file = file(header("<f8", "False", "(2, 2)"), 1, 2, Double.NaN, 1e300);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UserErrorException.class)
        .hasMessage("a.npy: expected finite numbers, got NaN at [1, 0]");
  }

  @Test
  void aFileThatEndsTooEarlyIsRefused() {
    assertThatThrownBy(() -> read(file(header("<f8", "False", "(3,)"), 1, 2)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.npy: the file ends too early");
  }
}
