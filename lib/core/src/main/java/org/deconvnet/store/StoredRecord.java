package org.deconvnet.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A record in a JSON file, component by component. Thread-safe. */
public final class StoredRecord {
  /** Anything missing or strange in a file is an error. */
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  private StoredRecord() {}

  public static void write(Record stored, String name, ModelFiles files) throws IOException {
    try (OutputStream out = files.create(name)) {
      out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(stored));
    }
  }

  /**
   * @throws IOException if the file holds anything but such a record
   */
  public static <T extends Record> T read(Class<T> type, String name, ModelFiles files)
      throws IOException {
    try (InputStream in = files.open(name)) {
      return JSON.readValue(in, type);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: expected the state of learning in %s, got something else: %s"
              .formatted(files.location(), name, e.getOriginalMessage()),
          e);
    }
  }
}
