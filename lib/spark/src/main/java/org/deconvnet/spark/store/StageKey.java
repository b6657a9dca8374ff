package org.deconvnet.spark.store;

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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.spark.checkpoint.RunIdentity;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.ImageDigest;

/**
 * All that decides a stage's result, as one hash: the program itself, the preprocessed images, the
 * settings, the ids in use.
 *
 * @param hash 32 hexadecimal digits
 */
public record StageKey(String hash) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The program, the engine with its vectors' width, and the preprocessed images, in whatever order
   * they come.
   *
   * @param images columns path and image
   * @param engine auto, vector or scalar
   */
  public static StageKey of(Dataset<Row> images, String engine) {
    RunIdentity.Images digest =
        ImageDigest.of(
            images.select("path", "image").javaRDD(),
            row -> row.getString(0),
            row -> FeatureMapsColumn.fromRow(row.getStruct(1)));
    return ofProgram()
        .with("engine", ConvolutionEngines.resolve(engine))
        .with("images", digest.count(), digest.digest());
  }

  /** Which program this is: the hash of its classes, this module's and the mathematics'. */
  private static StageKey ofProgram() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Set<Path> places = new TreeSet<>();
      for (Class<?> one : List.of(StageKey.class, ConvolutionEngines.class)) {
        places.add(Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI()));
      }
      for (Path place : places) {
        for (Path file : files(place)) {
          digest.update(Files.readAllBytes(file));
        }
      }
      return of(digest);
    } catch (IOException e) {
      throw new UncheckedIOException("cache: cannot read the program: " + e.getMessage(), e);
    } catch (URISyntaxException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256, and the program lies in a file", e);
    }
  }

  /** An archive, or all classes in a folder. */
  private static List<Path> files(Path code) throws IOException {
    try (Stream<Path> all = Files.walk(code)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** This key and something else that decides: records, lists, numbers, text. */
  public StageKey with(String name, Object... values) {
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
