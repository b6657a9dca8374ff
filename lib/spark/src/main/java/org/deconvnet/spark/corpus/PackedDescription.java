package org.deconvnet.spark.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What {@code corpus.json} says of a packed corpus. A folder that holds this file is a packed
 * corpus. Immutable and validated.
 *
 * @param format always {@link #FORMAT}
 * @param formatVersion always {@link #VERSION}
 * @param upright the images' widths and heights are those of images turned as their files'
 *     orientation says. Their bytes are the files' own in any case. Corpora of releases that did
 *     not write it have sizes as stored
 * @param complete false until all shards are written
 * @param classes one entry a class folder, and one without a name if images lie in the root itself
 * @param shards in the order of the images' paths
 */
record PackedDescription(
    String format,
    int formatVersion,
    boolean upright,
    boolean complete,
    List<ClassFolder> classes,
    List<Shard> shards) {
  static final String FILE = "corpus.json";
  static final String FORMAT = "deconvnet packed corpus";
  static final int VERSION = 1;
  private static final String UPRIGHT = "upright";

  /** A description of 100,000 shards is smaller. */
  private static final int MOST_BYTES = 64 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /**
   * Images of one class.
   *
   * @param name null: the images that lie in the root itself
   * @param images how many
   * @param bytes of their files
   * @param pixels width times height, over all of them
   */
  record ClassFolder(String name, long images, long bytes, long pixels) implements Serializable {
    ClassFolder {
      requireCounts("class " + name, images, bytes, pixels);
      if (name != null) {
        ImageId.requireBelow(name);
      }
    }

    ClassFolder plus(ClassFolder more) {
      return new ClassFolder(
          name,
          Math.addExact(images, more.images),
          Math.addExact(bytes, more.bytes),
          Math.addExact(pixels, more.pixels));
    }
  }

  /**
   * A Parquet file in the folder {@code shards}.
   *
   * @param bytes its length
   */
  record Shard(String file, long bytes, long images) implements Serializable {
    private static final Pattern NAME = Pattern.compile("shard-[0-9]{5,9}\\.parquet");

    Shard {
      if (file == null || !NAME.matcher(file).matches()) {
        throw new IllegalArgumentException("expected a shard's file name, got " + file);
      }
      requireCounts(file, images, bytes);
    }

    static String name(int number) {
      return "shard-%05d.parquet".formatted(number);
    }
  }

  PackedDescription {
    classes = List.copyOf(classes);
    shards = List.copyOf(shards);
    if (classes.stream().map(ClassFolder::name).distinct().count() < classes.size()) {
      throw new IllegalArgumentException("expected each class once");
    }
    if (shards.stream().map(Shard::file).distinct().count() < shards.size()) {
      throw new IllegalArgumentException("expected each shard once");
    }
  }

  private static void requireCounts(String what, long... counts) {
    for (long count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException(
            "%s: expected a count of at least 0, got %d".formatted(what, count));
      }
    }
  }

  static PackedDescription of(boolean complete, List<ClassFolder> classes, List<Shard> shards) {
    return new PackedDescription(FORMAT, VERSION, true, complete, classes, shards);
  }

  String toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the description is plain data", e);
    }
  }

  /**
   * Reads a description.
   *
   * @param what the corpus, for messages
   * @throws CorpusException if it is damaged, of another version or of an unfinished corpus, or if
   *     another program wrote it
   */
  static PackedDescription read(InputStream in, String what) throws IOException {
    byte[] text = in.readNBytes(MOST_BYTES + 1);
    if (text.length > MOST_BYTES) {
      throw damaged(what, "it is longer than %d bytes".formatted(MOST_BYTES), null);
    }
    try {
      JsonNode root = JSON.readTree(text);
      requireFormat(root, what);
      if (root instanceof ObjectNode fields && !fields.has(UPRIGHT)) {
        fields.put(UPRIGHT, false);
      }
      return JSON.treeToValue(root, PackedDescription.class);
    } catch (JsonMappingException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw damaged(what, cause == e ? e.getOriginalMessage() : cause.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw damaged(what, e.getOriginalMessage(), e);
    }
  }

  private static void requireFormat(JsonNode root, String what) {
    if (!FORMAT.equals(root.path("format").textValue())) {
      throw new CorpusException(
          "corpus %s: its %s is not of a packed corpus; if these are loose files, rename it"
              .formatted(what, FILE));
    }
    JsonNode version = root.path("formatVersion");
    if (!version.isInt() || version.intValue() != VERSION) {
      throw new CorpusException(
          "corpus %s: expected a packed corpus of format %d, got %s; use the release that wrote it, or pack again"
              .formatted(what, VERSION, version.isMissingNode() ? "none" : version));
    }
    if (!root.path("complete").booleanValue()) {
      throw new CorpusException(
          "corpus %s: the run that packs it has not ended, or broke off; wait for it, or give the same pack command again"
              .formatted(what));
    }
  }

  static CorpusException damaged(String what, String why, Throwable cause) {
    return new CorpusException(
        "corpus %s: its %s is damaged (%s); copy the corpus or pack it again"
            .formatted(what, FILE, why),
        cause);
  }
}
