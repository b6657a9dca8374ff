package org.deconvnet.jobs.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deconvnet.spark.config.Sections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentTest {
  private static final String WHOLE =
      "side: 7\nshape: {kind: ring, inner: 2}\nnames: [a, b]\nweights: {x: 1}\n";

  enum Colour {
    RED,
    GREEN
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Ring.class, name = "ring"),
    @JsonSubTypes.Type(value = Disc.class, name = "disc")
  })
  interface Shape {}

  record Ring(int inner) implements Shape {
    Ring {
      if (inner < 1) {
        throw new IllegalArgumentException("ring: inner: expected at least 1, got " + inner);
      }
    }
  }

  record Disc(double radius) implements Shape {}

  record Whole(int side, Shape shape, Set<String> names, Map<String, Double> weights) {}

  record Values(int whole, long large, double number, boolean truth, String text, Colour colour) {}

  @Test
  void everyTypeIsRead() {
    Values values =
        read(
            "whole: -7\nlarge: 50_000_000_000\nnumber: 1e-3\ntruth: true\ntext: no\ncolour: Green",
            Values.class);
    assertThat(values).isEqualTo(new Values(-7, 50_000_000_000L, 0.001, true, "no", Colour.GREEN));
    assertThat(read(WHOLE, Whole.class))
        .isEqualTo(new Whole(7, new Ring(2), Set.of("a", "b"), Map.of("x", 1.0)));
  }

  @Test
  void numbersMayBeWrittenInEveryDecimalWay() {
    record Numbers(List<Double> all) {}
    assertThat(read("all: [1, -2.5, .5, 3., +1e3, 1E-2, 1_000]", Numbers.class).all())
        .containsExactly(1.0, -2.5, 0.5, 3.0, 1000.0, 0.01, 1000.0);
  }

  @ParameterizedTest
  @CsvSource({
    "7.5, 'a whole number, got 7.5'",
    "7.0, 'a whole number in digits alone (7), got 7.0'",
    "1e3, 'a whole number in digits alone (1000), got 1e3'",
    "1e999999999, 'a whole number, got 1e999999999'",
    "'\"7\"', 'a whole number, got the text ''7'''",
    "true, 'a whole number, got true'",
    "~, 'a whole number, got nothing'",
    "'', 'a whole number, got nothing'",
    "2020-01-01, 'a whole number, got 2020-01-01'",
    "010, 'a whole number, got 010'",
    "0x10, 'a whole number, got 0x10'",
    "0b1, 'a whole number, got 0b1'",
    "1:30, 'a whole number, got 1:30'",
    "'[7]', 'a whole number, got a list'",
    "'{a: 7}', 'a whole number, got keys and values'",
    "2147483648, 'a whole number from -2147483648 to 2147483647, got 2147483648'"
  })
  void onlyAWholeNumberIsOne(String value, String told) {
    refused(WHOLE.replace("side: 7", "side: " + value), Whole.class)
        .isEqualTo("f, line 1, column 1: side: expected " + told);
  }

  @ParameterizedTest
  @CsvSource({
    "number: 1e-3, number: .inf, 'line 3, column 1: number: expected a number, got .inf'",
    "number: 1e-3, number: 1e400, 'line 3, column 1: number: expected a number of at most 1.8e+308, got 1e400'",
    "number: 1e-3, number: much, 'line 3, column 1: number: expected a number, got much'",
    "truth: true, truth: yes, 'line 4, column 1: truth: expected true or false, got yes'",
    "text: no, text: [no], 'line 5, column 1: text: expected text, got a list'",
    "text: no, text:, 'line 5, column 1: text: expected text, got nothing'",
    "colour: Green, colour: gren, 'line 6, column 1: colour: expected red or green, got gren; did you mean green?'"
  })
  void otherTypesAreToldApartToo(String right, String wrong, String told) {
    String text =
        "whole: 1\nlarge: 2\nnumber: 1e-3\ntruth: true\ntext: no\ncolour: Green"
            .replace(right, wrong);
    refused(text, Values.class).isEqualTo("f, " + told);
  }

  @ParameterizedTest
  @CsvSource({
    "side: 7, sid: 7, 'line 1, column 1: sid: unknown key; expected one of names, shape, side, weights; did you mean side?'",
    "side: 7, '', 'line 2, column 1: expected the key side (a whole number), got none'",
    "'side: 7', 'side: 7\nside: 8', 'line 2, column 1: side: expected each key once, got it also in line 1, column 1; remove one'",
    "'x: 1', 'x: 1, y: 2, x: 3', 'line 4, column 23: weights.x: expected each key once, got it also in line 4, column 11; remove one'",
    "'inner: 2', 'iner: 2', 'line 2, column 21: shape.iner: unknown key; expected one of inner, kind; did you mean inner?'",
    "kind: ring, kind: rng, 'line 2, column 9: shape.kind: expected ring or disc, got rng; did you mean ring?'",
    "'kind: ring, ', '', 'line 2, column 1: shape: expected the key kind (ring or disc), got none'",
    "'[a, b]', a, 'line 3, column 1: names: expected a list of words, got a'",
    "'[a, b]', '[a, ~]', 'line 3, column 12: names[1]: expected text, got nothing'",
    "'{x: 1}', 1, 'line 4, column 1: weights: expected keys and numbers, got 1'",
    "'side: 7', '? [a]\n: 7', 'line 1, column 3: expected a word for a key, got a list'",
    "'inner: 2', 'inner: 0', 'line 2, column 21: shape.inner: expected at least 1, got 0'"
  })
  void keysAreToldByTheirPlace(String right, String wrong, String told) {
    refused(WHOLE.replace(right, wrong), Whole.class).isEqualTo("f, " + told);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'f, line 1, column 1: expected the key side (a whole number), got none'",
    "'# nothing', 'f, line 1, column 1: expected the key side (a whole number), got none'",
    "'- a', 'f, line 1, column 1: expected keys and values, got a list'",
    "word, 'f, line 1, column 1: expected keys and values, got word'",
    "'a: 1\n---\na: 2', 'f, line 2, column 1: expected one document, got another after ''---'''",
    "'a: &x 1', 'f, line 1, column 4: expected no anchors, got &x'",
    "'a: *x', 'f, line 1, column 4: expected the value itself, got the alias *x'",
    "'a: !!int 1', 'f, line 1, column 4: expected no tags, got !!int'",
    "'<<: {side: 1}', 'f, line 1, column 1: <<: expected the keys themselves, got a merge of others'",
    "'a: 1: 2', 'f, line 1, column 5: not valid YAML: mapping values are not allowed here'"
  })
  void whatIsNoSimpleYamlIsToldSo(String text, String told) {
    refused(text, Whole.class).isEqualTo(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a:\n\tb: 1", "a: [1", "a: 'x", "a: {b: 1", "a: %x", "@a: 1", "a: \u0080"})
  void brokenYamlIsToldInOneLine(String text) {
    refused(text, Whole.class).startsWith("f").contains("not valid YAML").doesNotContain("\n");
  }

  @Test
  void deepNestingIsNoOverflow() {
    refused("a: " + "[".repeat(9_000) + "]".repeat(9_000), Whole.class)
        .contains("not valid YAML", "Depth");
  }

  @Test
  void aByteOrderMarkOfUtf8MeansNothing() {
    assertThat(read('\uFEFF' + WHOLE, Whole.class).side()).isEqualTo(7);
  }

  @Test
  void bytesThatAreNoTextAreToldSo() {
    byte[] latin = "side: 7\nnames: [Z\u00FCrich]".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> document(latin))
        .hasMessage(
            "f, line 2, column 10: expected UTF-8 text, got the byte 0xFC; save the file as UTF-8");
    assertThatThrownBy(() -> document(WHOLE.getBytes(StandardCharsets.UTF_16)))
        .hasMessage(
            "f: expected a YAML file, got UTF-16, as its byte order mark says; save it as UTF-8");
    assertThatThrownBy(() -> document(new byte[] {'P', 'K', 3, 4}))
        .hasMessage("f: expected a YAML file, got the byte 0x03; is it a binary file?");
    assertThatThrownBy(() -> document(new byte[2 << 20]))
        .hasMessage("f: expected a YAML file, got more than 1048576 bytes");
  }

  @Test
  void aKeyWithADefaultMayBeLeftOut() throws IOException {
    Sections sections = Sections.withDefaults(Disc.class, new Disc(3));
    assertThat(document(bytes("")).as(Disc.class, sections)).isEqualTo(new Disc(3));
    assertThat(document(bytes("radius: 4")).as(Disc.class, sections)).isEqualTo(new Disc(4));
  }

  @Test
  void aMistakeThatShowsLaterFindsItsItem() throws IOException {
    YamlDocument document = document(bytes(WHOLE));
    assertThat(document.mistake("names", "b", "no such name"))
        .hasMessage("f, line 3, column 12: names[1]: no such name");
    assertThat(document.mistake("shape.outer", "too large"))
        .hasMessage("f, line 2, column 1: shape.outer: too large");
    assertThat(document.mistake("colour.hue", "too red"))
        .hasMessage("f, line 1, column 1: colour.hue: too red");
  }

  private static byte[] bytes(String text) {
    return (text.isEmpty() ? "{}" : text).getBytes(StandardCharsets.UTF_8);
  }

  private static YamlDocument document(byte[] bytes) throws IOException {
    return YamlDocument.read("f", new ByteArrayInputStream(bytes));
  }

  private static <T extends Record> T read(String text, Class<T> type) {
    try {
      return document(text.getBytes(StandardCharsets.UTF_8)).as(type, Sections.NONE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static org.assertj.core.api.AbstractStringAssert<?> refused(
      String text, Class<? extends Record> type) {
    Throwable refused = org.assertj.core.api.Assertions.catchThrowable(() -> read(text, type));
    assertThat(refused).isInstanceOf(YamlMistakeException.class);
    return assertThat(refused.getMessage());
  }
}
