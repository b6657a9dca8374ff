package org.deconvnet.spark.checkpoint;

import java.util.List;

/**
 * Images with their kept codes in files, one a partition. Both come back to the bit; traces are
 * left out, since the next round makes new ones.
 *
 * @param folder holds {@code part-00000}, …
 * @param perBatch partitions of each batch; the batches follow each other
 * @param checksums CRC-32C of each file
 */
public record StoredImages(String folder, int perBatch, List<Long> checksums) {
  public StoredImages {
    checksums = List.copyOf(checksums);
  }
}
