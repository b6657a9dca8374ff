package org.deconvnet.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The files of one model directory, wherever it is: a local folder, HDFS, S3. */
public interface ModelFiles {
  OutputStream create(String name) throws IOException;

  InputStream open(String name) throws IOException;

  /** For messages. */
  String location();
}
