package org.deconvnet.spark.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * All that decides a stage's result, as one hash: the program itself, the preprocessed images, the
 * settings, the ids in use.
 *
 * @param hash 32 hexadecimal digits
 */
record StageKey(String hash) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A key that says nothing but which program this is: the hash of its classes. */
  static StageKey ofProgram() {
    try {
      Path code =
          Path.of(StageKey.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files(code)) {
        digest.update(Files.readAllBytes(file));
      }
      return of(digest);
    } catch (IOException e) {
      throw new UncheckedIOException("cache: cannot read the program: " + e.getMessage(), e);
    } catch (URISyntaxException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256, and the program lies in a file", e);
    }
  }

  /** The program's archive, or all its classes. */
  private static List<Path> files(Path code) throws IOException {
    try (Stream<Path> all = Files.walk(code)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** This key and the preprocessed images: paths and pixels, in whatever order they come. */
  StageKey withImages(Dataset<Row> images) {
    Row sums =
        images
            .select(functions.xxhash64(functions.col("path"), functions.col("image")).as("hash"))
            .agg(functions.expr("bit_xor(hash)"), functions.count("hash"))
            .first();
    return with("images", sums.getLong(0), sums.getLong(1));
  }

  /** This key and something else that decides: records, lists, numbers, text. */
  StageKey with(String name, Object... values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((hash + name).getBytes(StandardCharsets.UTF_8));
      digest.update(JSON.writeValueAsBytes(values));
      return of(digest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("settings are plain data", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static StageKey of(MessageDigest digest) {
    return new StageKey(HexFormat.of().formatHex(digest.digest()).substring(0, 32));
  }
}
