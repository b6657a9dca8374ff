package org.deconvnet.spark.corpus;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where the images of a corpus lie, and how they are read: loose files, or shards of them. */
interface ImageSource {
  /** Class folders, and how many of their files may be images, as the listing shows. */
  SortedMap<String, Long> classes();

  /** The same, and class folders that hold no such file. */
  Set<String> classFolders();

  /** The images of these classes alone. */
  ImageSource only(Set<String> wanted);

  /** Files that are there, refused ones included. */
  long files();

  long bytes();

  /** Files that cannot be images, as their listing shows. */
  List<SkippedFile> refused();

  /**
   * All images, {@link ImageCorpus#SCHEMA}.
   *
   * @param partitions about equally heavy ones; 0: as many as there is work for
   */
  Dataset<Row> read(int partitions);

  /** These images alone. */
  Dataset<Row> read(List<String> ids, int partitions);

  /** The first id, in the order of their UTF-8 bytes; empty where there is none. */
  Optional<String> first();

  /** The first so many ids in the order that a seed puts all of them into. */
  List<String> draw(int count, long seed);
}
