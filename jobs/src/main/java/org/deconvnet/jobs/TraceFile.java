package org.deconvnet.jobs;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the trace of a defect goes: a file that a message can name, and not the terminal. */
final class TraceFile {
  private TraceFile() {}

  /** Writes the trace to a new file, in the folder for temporary files. */
  static Path write(Throwable failure) throws IOException {
    Path file = Files.createTempFile("deconvnet-trace-", ".log");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      failure.printStackTrace(out);
      if (out.checkError()) {
        throw new IOException("cannot write to " + file);
      }
    }
    return file;
  }
}
