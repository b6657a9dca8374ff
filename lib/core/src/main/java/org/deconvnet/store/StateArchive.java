package org.deconvnet.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The files of a state in memory, stored as one zip: a single file is there as a whole or not at
 * all, and any zip program shows what is in it. Memory: the files' size. Not thread-safe.
 */
public final class StateArchive implements ModelFiles {
  private static final long MOST_BYTES = 1L << 31;

  private final String location;
  private final Map<String, byte[]> files = new TreeMap<>();

  /**
   * @param location for messages
   */
  public StateArchive(String location) {
    this.location = location;
  }

  @Override
  public OutputStream create(String name) {
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        files.put(name, toByteArray());
      }
    };
  }

  @Override
  public InputStream open(String name) throws IOException {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new FileNotFoundException(
          "%s: expected %s in it, got %s".formatted(location, name, files.keySet()));
    }
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public String location() {
    return location;
  }

  /** The same files under names that start with a prefix, as in a folder of their own. */
  public ModelFiles under(String prefix) {
    return new ModelFiles() {
      @Override
      public OutputStream create(String name) {
        return StateArchive.this.create(prefix + name);
      }

      @Override
      public InputStream open(String name) throws IOException {
        return StateArchive.this.open(prefix + name);
      }

      @Override
      public String location() {
        return location + "/" + prefix;
      }
    };
  }

  /** The zip; the same files give the same bytes. */
  public byte[] toBytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IOException if the bytes are no zip, or unfold to more than 2 GB
   */
  public static StateArchive of(byte[] bytes, String location) throws IOException {
    StateArchive archive = new StateArchive(location);
    long left = MOST_BYTES;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] file = zip.readNBytes((int) Math.min(left, Integer.MAX_VALUE - 8));
        left -= file.length;
        if (zip.read() >= 0) {
          throw new IOException(location + ": expected at most 2 GB of files in it, got more");
        }
        archive.files.put(entry.getName(), file);
      }
    } catch (ZipException e) {
      throw new IOException(
          "%s: expected a zip, got something else: %s".formatted(location, e.getMessage()), e);
    }
    return archive;
  }
}
