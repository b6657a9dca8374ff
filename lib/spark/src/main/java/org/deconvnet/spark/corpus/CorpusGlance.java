package org.deconvnet.spark.corpus;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * What a look at the first files of a corpus shows, whatever its size: of loose files the first few
 * are decoded, of a packed corpus the description is read and the shards are counted. Immutable.
 *
 * @param root of the corpus, with its scheme
 * @param packed whether {@code pack} wrote it
 * @param files looked at; of a packed corpus all, at least 0
 * @param images among them; of a packed corpus all, from 0 to {@code files}
 * @param more whether there may be files that were not looked at
 * @param firstSkipped the first file that is no image and why, empty where there is none
 */
public record CorpusGlance(
    String root, boolean packed, long files, long images, boolean more, String firstSkipped) {

  public CorpusGlance {
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(firstSkipped, "firstSkipped");
    if (images < 0 || images > files) {
      throw new IllegalArgumentException(
          "images: expected 0 to %d, the files, got %d".formatted(files, images));
    }
  }

  /**
   * Looks at a corpus.
   *
   * @param folder local, or an address of another file system of Hadoop's
   * @param atMost so many loose files are read, at least 1
   * @throws CorpusException if the folder is missing or cannot be listed, or is a packed corpus
   *     that is damaged
   */
  public static CorpusGlance at(SparkSession spark, String folder, int atMost) {
    if (atMost < 1) {
      throw new IllegalArgumentException("atMost: expected at least 1, got " + atMost);
    }
    Path path = FolderAddress.of(spark, "corpus", folder);
    try {
      FileSystem fileSystem = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      Path root = fileSystem.makeQualified(path);
      return PackedSource.isAt(fileSystem, root)
          ? packed(ImageCorpus.open(spark, folder, Set.of(), 0))
          : new FirstFiles(root.toString(), CorpusFolder.of(fileSystem, root), atMost).look();
    } catch (FileNotFoundException e) {
      throw ImageCorpus.missing(folder, e);
    } catch (IOException e) {
      throw ImageCorpus.unlisted(folder, e);
    }
  }

  private static CorpusGlance packed(ImageCorpus corpus) {
    return new CorpusGlance(corpus.root(), true, corpus.files(), corpus.files(), false, "");
  }
}
