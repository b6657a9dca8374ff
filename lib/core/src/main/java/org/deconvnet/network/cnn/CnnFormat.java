package org.deconvnet.network.cnn;

import java.util.ServiceLoader;
import java.util.function.Function;
import org.deconvnet.tensor.UserErrorException;

/**
 * Reads networks of a file format; found through {@link ServiceLoader}, so that who reads none
 * needs no library for it. Thread-safe.
 */
public interface CnnFormat {
  /**
   * The bytes of a network that needs no other file.
   *
   * @param content of the file
   * @param beside reads a file that lies beside it, by its path from there
   * @throws UserErrorException if it is damaged
   */
  byte[] whole(String name, byte[] content, Function<String, byte[]> beside);

  /**
   * @param name of the file, for messages
   * @param whole as above
   * @param options of which the crop decides the image's size where the file leaves it open
   * @throws UserErrorException if it is damaged, or takes anything else than images of that size
   */
  CnnModel open(String name, byte[] whole, CnnOptions options);

  /** Whether a path is a network of a known format, rather than a folder. */
  static boolean isNetwork(String path) {
    return path.endsWith(".onnx");
  }

  /**
   * The format of a file.
   *
   * @throws UserErrorException if its library is missing
   */
  static CnnFormat of(String path) {
    if (!isNetwork(path)) {
      throw new UserErrorException(
          "network %s: expected an ONNX file, whose name ends with .onnx".formatted(path));
    }
    for (CnnFormat format : ServiceLoader.load(CnnFormat.class, CnnFormat.class.getClassLoader())) {
      return format;
    }
    throw withoutLibrary(path, "");
  }

  /** What is wrong where the classes that a format needs are not there. */
  static UserErrorException withoutLibrary(String path, String why) {
    return new UserErrorException(
        "network %s: expected the module deconvnet-onnx and ONNX Runtime on the class path, found none%s; give spark-submit --packages as docs/cnn.md says"
            .formatted(path, why));
  }
}
