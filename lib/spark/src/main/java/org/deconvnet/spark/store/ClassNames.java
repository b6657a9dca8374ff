package org.deconvnet.spark.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.tensor.UserErrorException;

/**
 * What the classes are called that a network of an ONNX file tells apart; the file itself knows
 * their number alone. Immutable.
 *
 * @param names by number; of none in particular where {@code given} is false
 * @param given whether somebody named them
 */
public record ClassNames(List<String> names, boolean given) implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "classes";
  private static final String ENDING = ".json";

  /** Far beyond a list of names. */
  private static final int MOST_BYTES = 1 << 24;

  public ClassNames {
    names = List.copyOf(names);
  }

  /**
   * Reads names: of a JSON file with a list {@code classes}, or a text file with a name a line.
   *
   * @param file its path; empty: the file of the network's name with {@code .json}, if there is one
   *     that has a list {@code classes}, else the classes are called by their numbers
   * @param network path of the ONNX file
   * @param count how many classes the network tells apart
   * @throws UserErrorException if the file is missing or damaged, or holds another number of names
   */
  public static ClassNames read(SparkSession spark, String file, String network, int count) {
    String path = file.isEmpty() ? beside(network) : file;
    byte[] content = content(spark, path);
    if (content == null && !file.isEmpty()) {
      throw wrong(path, "a file", "nothing there; check --class-names");
    }
    List<String> names = content == null ? List.of() : parse(path, content);
    if (names.isEmpty() && file.isEmpty()) {
      return numbered(count);
    }
    if (names.size() != count) {
      throw wrong(
          path,
          "%d names, one for each class of the network".formatted(count),
          names.size() + "; give the file of this network's names by --class-names");
    }
    return new ClassNames(names, true);
  }

  private static ClassNames numbered(int count) {
    return new ClassNames(
        IntStream.range(0, count).mapToObj(number -> "class " + number).toList(), false);
  }

  private static String beside(String network) {
    return network.substring(0, network.lastIndexOf('.')) + ENDING;
  }

  /** Null if there is no such file. */
  private static byte[] content(SparkSession spark, String path) {
    Path file = new Path(path);
    try {
      FileSystem fileSystem = file.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (fileSystem.getFileStatus(file).isDirectory()) {
        throw wrong(path, "a file", "a folder");
      }
      try (InputStream in = fileSystem.open(file)) {
        byte[] content = in.readNBytes(MOST_BYTES + 1);
        if (content.length > MOST_BYTES) {
          throw wrong(path, "at most %d bytes".formatted(MOST_BYTES), "more");
        }
        return content;
      }
    } catch (FileNotFoundException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("class names %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static List<String> parse(String path, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    return path.endsWith(ENDING)
        ? ofJson(path, text)
        : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static List<String> ofJson(String path, String text) {
    try {
      JsonNode classes = JSON.readTree(text).path(KEY);
      List<String> names = new ArrayList<>();
      for (JsonNode name : classes.isArray() ? classes : JSON.createArrayNode()) {
        if (!name.isTextual()) {
          throw wrong(path, "texts in the list " + KEY, name.toString());
        }
        names.add(name.asText());
      }
      return names;
    } catch (JsonProcessingException e) {
      throw wrong(path, "JSON with a list " + KEY, "text that is none: " + e.getOriginalMessage());
    }
  }

  private static UserErrorException wrong(String path, String expected, String got) {
    return new UserErrorException(
        "class names %s: expected %s, got %s".formatted(path, expected, got));
  }

  /** The number of the class of a folder's name; empty if no class is called so. */
  public OptionalInt numberOf(String label) {
    int number = given && label != null ? names.indexOf(label) : -1;
    return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }

  public String of(int number) {
    return names.get(number);
  }
}
