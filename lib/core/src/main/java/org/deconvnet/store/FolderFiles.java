package org.deconvnet.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model directory on the local disk. Thread-safe: immutable. */
public record FolderFiles(Path folder) implements ModelFiles {
  @Override
  public OutputStream create(String name) throws IOException {
    return Files.newOutputStream(folder.resolve(name));
  }

  @Override
  public InputStream open(String name) throws IOException {
    return Files.newInputStream(folder.resolve(name));
  }

  @Override
  public String location() {
    return folder.toString();
  }
}
