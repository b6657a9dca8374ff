package org.deconvnet.spark.corpus;

import java.io.Serializable;

/** A file of the corpus that was not used, and why. */
public record SkippedFile(String path, String reason) implements Serializable {}
