package org.deconvnet.spark.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.tensor.FeatureMaps;

/**
 * All that decides the bits a training run ends with, each under a name. Partitions, executors and
 * folders are no part of it.
 *
 * @param parts in a fixed order
 */
public record RunIdentity(Map<String, String> parts) {
  private static final String ENGINE = "engine";

  public RunIdentity {
    parts = new LinkedHashMap<>(parts);
  }

  /** Which images there are, in any order and partition. */
  public record Images(long count, long digest) implements java.io.Serializable {
    public static final Images NONE = new Images(0, 0);

    /** One image. */
    public static Images of(String id, FeatureMaps pixels) {
      return new Images(1, digest(id, pixels));
    }

    public Images plus(Images other) {
      return new Images(count + other.count, digest + other.digest);
    }

    private static long digest(String id, FeatureMaps pixels) {
      String shape = pixels.maps() + "x" + pixels.height() + "x" + pixels.width();
      return BatchPlan.mix(id + ' ' + shape, FloatBytes.checksum(pixels.data()));
    }
  }

  /**
   * @param network which kind
   * @param layers as the user asks for them, in a text that tells any two apart
   * @param engine resolved
   */
  public static RunIdentity of(
      String network, String layers, long seed, String engine, Images images) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("network", network);
    parts.put("layers", layers);
    parts.put("seed", Long.toString(seed));
    parts.put(ENGINE, engine);
    parts.put("number of images", Long.toString(images.count()));
    parts.put("digest of the images", Long.toHexString(images.digest()));
    return new RunIdentity(parts);
  }

  /** The engine, resolved, that the run computes with. */
  String engine() {
    return parts.get(ENGINE);
  }

  /**
   * @throws CheckpointException naming the first thing that is different in {@code found}
   */
  void requireSame(RunIdentity found, String place) {
    parts.forEach(
        (name, expected) -> {
          String got = found.parts.get(name);
          if (!expected.equals(got)) {
            throw new CheckpointException(
                place,
                "it belongs to another run: %s: expected %s, got %s".formatted(name, expected, got),
                "to go on from it, give the settings and images that it was made with",
                null);
          }
        });
  }
}
