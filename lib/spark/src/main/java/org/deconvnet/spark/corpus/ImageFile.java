package org.deconvnet.spark.corpus;

import java.io.Serializable;

/**
 * A file of a corpus.
 *
 * @param id its path below the root
 * @param length in bytes
 */
record ImageFile(String id, long length) implements Serializable {}
